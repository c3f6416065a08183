package holdfast.cluster;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
    private final Map<String, String> errors = new ConcurrentHashMap<>();

    /// Plans made by a run for itself: the row is taken while it runs, so they wait for its end.
    private final Map<String, Instant> replans = new ConcurrentHashMap<>();

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
            operations.reschedule(
                    complete, clock.instant().plus(pause.compareTo(longest) < 0 ? pause : longest));
            if (pace.retry().isLast(failures)) {
                var failed = new Failed(execution.getTaskName(), execution.getId(), failures);
                listeners.forEach(listener -> listener.accept(failed));
            }
        };
    }

    private void run(String name, String instance, Runnable work) {
        var key = key(name, instance);
        running.put(key, true);
        try {
            work.run();
            errors.remove(key);
        } catch (RuntimeException failure) {
            errors.put(key, String.valueOf(failure.getMessage()));
            LOG.atWarn()
                    .addKeyValue("job", name)
                    .addKeyValue("instance", instance)
                    .setCause(failure)
                    .log("job failed");
            throw failure;
        } finally {
            running.remove(key);
        }
    }

    /// Keeps the row when the run planned itself again, removes it otherwise.
    private final class Finish implements CompletionHandler<Void> {
        private final String family;

        Finish(String family) {
            this.family = family;
        }

        @Override
        public void complete(ExecutionComplete complete, ExecutionOperations<Void> operations) {
            var instance = complete.getExecution().taskInstance.getId();
            var next = replans.remove(key(family, instance));
            if (next == null) {
                operations.remove();
            } else {
                operations.reschedule(complete, next);
            }
        }
    }

    @Override
    public void plan(String family, String instance, Instant at) {
        if (running.containsKey(key(family, instance))) {
            replans.put(key(family, instance), at);
            return;
        }
        var task = families.get(family);
        if (task == null) {
            throw new IllegalArgumentException("no family " + family);
        }
        cancel(family, instance);
        started().scheduleIfNotExists(task.instance(instance), at);
    }

    @Override
    public void cancel(String family, String instance) {
        var id = TaskInstanceId.of(family, instance);
        replans.remove(key(family, instance));
        started()
                .getScheduledExecution(id)
                .filter(planned -> !planned.isPicked())
                .ifPresent(_ -> started().cancel(id));
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
        return started().getScheduledExecutions(ScheduledExecutionsFilter.all()).stream()
                .map(execution -> {
                    var id = execution.getTaskInstance();
                    var key = key(id.getTaskName(), id.getId());
                    return new Status(
                            id.getTaskName(),
                            id.getId(),
                            Optional.ofNullable(execution.getExecutionTime()),
                            later(execution.getLastSuccess(), execution.getLastFailure()),
                            execution.isPicked() || running.containsKey(key),
                            Optional.ofNullable(errors.get(key)));
                })
                .toList();
    }

    @Override
    public Optional<About> about(Status status) {
        return Optional.ofNullable(abouts.get(status.name()))
                .flatMap(about -> about.apply(status.instance()));
    }

    private static Optional<Instant> later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return Optional.ofNullable(one == null ? other : one);
        }
        return Optional.of(one.isAfter(other) ? one : other);
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
