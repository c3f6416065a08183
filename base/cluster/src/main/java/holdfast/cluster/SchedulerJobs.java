package holdfast.cluster;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Jobs by db-scheduler: it owns threads, claims and retries; the rooms own the rules.
///
/// What stands in its table can be derived again from the main database, so on SQLite it has a file of its own.
final class SchedulerJobs implements Jobs {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerJobs.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int THREADS = 4;

    private final DataSource source;
    private final JdbcCustomization customization;
    private final InstantSource clock;
    private final String node;
    private final Pace pace;
    private final List<RecurringTask<Void>> recurring = new ArrayList<>();
    private final Map<String, Task<Void>> families = new ConcurrentHashMap<>();
    private final Map<String, Function<String, Optional<About>>> abouts = new ConcurrentHashMap<>();
    private final TurnStore turns;

    /// Plans for what runs here: its row is taken, so they wait for its end. Read and changed under its own lock, as are
    /// the rows of families: else a plan could come between the end of a run and the removal of its row.
    private final Map<String, Instant> replans = new HashMap<>();

    private final List<Consumer<Failed>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Boolean> running = new ConcurrentHashMap<>();
    private @Nullable Scheduler scheduler;

    SchedulerJobs(
            DataSource source, JdbcCustomization customization, InstantSource clock, String node) {
        this(source, customization, clock, node, Pace.USUAL);
    }

    SchedulerJobs(
            DataSource source,
            JdbcCustomization customization,
            InstantSource clock,
            String node,
            Pace pace) {
        this.pace = pace;
        this.source = source;
        this.turns = new TurnStore(source);
        this.customization = customization;
        this.clock = clock;
        this.node = node;
    }

    static JdbcCustomization detected(DataSource source) {
        return new AutodetectJdbcCustomization(source);
    }

    @Override
    public void register(Job job) {
        recurring.add(
                Tasks.recurring(job.name(), FixedDelay.of(job.every()))
                        .onFailure(retrying(job.every()))
                        .execute((_, _) -> run(job.name(), RecurringTask.INSTANCE, job.run())));
    }

    @Override
    public void register(
            String family, Consumer<String> work, Function<String, Optional<About>> about) {
        abouts.put(family, about);
        families.put(
                family,
                Tasks.custom(family, Void.class)
                        .onFailure(retrying(pace.retry().longest()))
                        .execute((instance, _) -> {
                            run(family, instance.getId(), () -> work.accept(instance.getId()));
                            return new Finish(family);
                        }));
    }

    /// @param longest the pause between two tries never exceeds it: a turn would come anyway
    private FailureHandler<Void> retrying(Duration longest) {
        return (complete, operations) -> {
            var execution = complete.getExecution();
            int failures = execution.consecutiveFailures + 1;
            var pause = pace.retry().after(failures);
            synchronized (replans) {
                replans.remove(
                        key(execution.getTaskName(), execution.getId())); // it is tried anyway
                operations.reschedule(
                        complete,
                        clock.instant().plus(pause.compareTo(longest) < 0 ? pause : longest));
            }
            if (pace.retry().isLast(failures)) {
                var failed = new Failed(execution.getTaskName(), execution.getId(), failures);
                listeners.forEach(listener -> listener.accept(failed));
            }
        };
    }

    private void run(String name, String instance, Runnable work) {
        var key = key(name, instance);
        running.put(key, true);
        var started = clock.instant();
        Optional<String> error = Optional.empty();
        try {
            work.run();
        } catch (RuntimeException failure) {
            error = Optional.of(String.valueOf(failure.getMessage()));
            LOG.atWarn()
                    .addKeyValue("job", name)
                    .addKeyValue("instance", instance)
                    .setCause(failure)
                    .log("job failed");
            throw failure;
        } finally {
            keep(name, instance, new Turn(started, clock.instant(), error, node));
            running.remove(key);
        }
    }

    /// A turn counts though its history could not be written.
    private void keep(String name, String instance, Turn turn) {
        try {
            turns.add(name, instance, turn);
        } catch (RuntimeException failure) {
            LOG.atWarn().addKeyValue("job", name).setCause(failure).log("turn not kept");
        }
    }

    /// Keeps the row when the instance was planned again meanwhile, removes it otherwise.
    private final class Finish implements CompletionHandler<Void> {
        private final String family;

        Finish(String family) {
            this.family = family;
        }

        @Override
        public void complete(ExecutionComplete complete, ExecutionOperations<Void> operations) {
            var instance = complete.getExecution().taskInstance.getId();
            synchronized (replans) {
                var next = replans.remove(key(family, instance));
                if (next == null) {
                    operations.remove();
                } else {
                    operations.reschedule(complete, next);
                }
            }
        }
    }

    @Override
    public void plan(String family, String instance, Instant at) {
        var task = family(family).instance(instance);
        synchronized (replans) {
            boolean planned = false;
            while (!planned) {
                var row = started().getScheduledExecution(task);
                if (row.filter(ScheduledExecution::isPicked).isPresent()) {
                    row.filter(taken -> node.equals(taken.getPickedBy()))
                            .ifPresent(_ -> replans.put(key(family, instance), at));
                    return;
                }
                planned =
                        row.isPresent() ? moved(task, at) : started().scheduleIfNotExists(task, at);
            }
        }
    }

    /// {@return false when some node was faster: it has taken the row, or removed it}
    private boolean moved(TaskInstance<Void> task, Instant at) {
        try {
            return started().reschedule(task, at);
        } catch (TaskInstanceException _) {
            return false;
        }
    }

    @Override
    public void ensure(String family, String instance, Instant at) {
        started().scheduleIfNotExists(family(family).instance(instance), at);
    }

    @Override
    public void cancel(String family, String instance) {
        var id = TaskInstanceId.of(family, instance);
        synchronized (replans) {
            replans.remove(key(family, instance));
            if (started().getScheduledExecution(id).filter(row -> !row.isPicked()).isPresent()) {
                try {
                    started().cancel(id);
                } catch (TaskInstanceException _) {
                    return; // it begins at this moment, and is gone with its end
                }
            }
        }
    }

    private Task<Void> family(String name) {
        var task = families.get(name);
        if (task == null) {
            throw new IllegalArgumentException("no family " + name);
        }
        return task;
    }

    @Override
    public boolean runNow(String job) {
        if (recurring.stream().noneMatch(task -> task.getName().equals(job))) {
            return false;
        }
        var id = TaskInstanceId.of(job, RecurringTask.INSTANCE);
        if (!running.containsKey(key(job, RecurringTask.INSTANCE))) {
            try {
                started().reschedule(id, clock.instant());
            } catch (TaskInstanceCurrentlyExecutingException | ExecutionException _) {
                return true; // some node was faster: it runs at this moment
            }
        }
        return true;
    }

    @Override
    public List<Status> statuses() {
        var last = turns.last();
        return started().getScheduledExecutions(ScheduledExecutionsFilter.all()).stream()
                .map(execution -> {
                    var id = execution.getTaskInstance();
                    var key = key(id.getTaskName(), id.getId());
                    var turn =
                            Optional.ofNullable(
                                    last.get(new TurnStore.Instance(id.getTaskName(), id.getId())));
                    return new Status(
                            id.getTaskName(),
                            id.getId(),
                            Optional.ofNullable(execution.getExecutionTime()),
                            turn.map(Turn::finished),
                            execution.isPicked() || running.containsKey(key),
                            turn.flatMap(Turn::error));
                })
                .toList();
    }

    @Override
    public Optional<About> about(Status status) {
        return Optional.ofNullable(abouts.get(status.name()))
                .flatMap(about -> about.apply(status.instance()));
    }

    @Override
    public List<Turn> turns(String name, String instance, Instant before, int limit) {
        return turns.of(name, instance, before, limit);
    }

    @Override
    public void onFailed(Consumer<Failed> listener) {
        listeners.add(listener);
    }

    @Override
    public void start() {
        scheduler =
                Scheduler.create(source, new ArrayList<>(families.values()))
                        .startTasks(recurring)
                        .jdbcCustomization(customization)
                        .tableName("cluster_job")
                        .schedulerName(new SchedulerName.Fixed(node))
                        .threads(THREADS)
                        .pollingInterval(pace.poll())
                        .enableImmediateExecution()
                        .clock(clock::instant)
                        .shutdownMaxWait(PATIENCE)
                        .failureLogging(
                                com.github.kagkarlsson.scheduler.logging.LogLevel.OFF, false)
                        .build();
        scheduler.start();
    }

    private Scheduler started() {
        if (scheduler == null) {
            throw new IllegalStateException("jobs are not started yet");
        }
        return scheduler;
    }

    @Override
    public void close() {
        if (scheduler != null) {
            scheduler.stop();
        }
    }

    /// How fast the clock ticks.
    ///
    /// @param poll how often is looked for what is due
    record Pace(Duration poll, Retry retry) {
        static final Pace USUAL = new Pace(Duration.ofSeconds(5), Retry.USUAL);
    }

    private static String key(String name, String instance) {
        return name + "/" + instance;
    }
}
