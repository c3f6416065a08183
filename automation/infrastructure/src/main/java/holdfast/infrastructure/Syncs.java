package holdfast.infrastructure;

import holdfast.estate.Run;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.vcf.Appliances;
import holdfast.vcf.Failure;
import holdfast.vcf.Fetched;
import holdfast.vcf.SourceFailed;
import holdfast.vcf.SourceKind;
import holdfast.vcf.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs syncs: claims the sources, fetches them side by side, compares, stages, publishes. Safe for many threads.
///
/// A source is changed by one run at a time, on all nodes together: each write proves the fence it was claimed with.
/// A run that dies has changed nothing that anybody sees.
final class Syncs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Syncs.class);

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);
    private static final Duration EXPIRY_EVERY = Duration.ofHours(24);

    private final Ground ground;
    private final Ground.Stores stores;
    private final Claims claims;
    private final Publication publication;
    private final Appliances appliances;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sync-", 0).factory());
    private final Map<UUID, Progress> running = new ConcurrentHashMap<>();
    private volatile Schedule schedule = (_, _) -> {};

    /// Told when the next turn of a source has moved.
    interface Schedule {
        void moved(TenantId tenant, SourceRow source);
    }

    Syncs(Ground ground, Ground.Stores stores, Publication publication, Appliances appliances) {
        this.ground = ground;
        this.stores = stores;
        this.claims = new Claims(ground, stores);
        this.publication = publication;
        this.appliances = appliances;
    }

    void onSchedule(Schedule listener) {
        schedule = listener;
    }

    /// What begins a run.
    record Start(Principal actor, UUID environment, List<SourceKind> kinds, Run.Trigger trigger) {
        TenantId tenant() {
            return actor.tenant();
        }
    }

    /// Begins a run and returns while it goes on.
    ///
    /// @throws holdfast.kernel.Refusal ALREADY_RUNNING, with `run`
    Run start(Start start) {
        var claimed = claims.take(start);
        running.put(claimed.run().id(), claimed.progress());
        threads.execute(() -> {
            try {
                proceed(start, claimed, this::fetch);
            } finally {
                running.remove(claimed.run().id());
                claimed.progress().end();
            }
        });
        return claimed.run();
    }

    /// Runs to the end with what `fetched` brings, for a file.
    Run bring(Start start, Supplier<Fetched> fetched) {
        var claimed = claims.take(start);
        proceed(start, claimed, (_, _, _) -> fetched.get());
        return find(start.tenant(), start.environment(), claimed.run().id());
    }

    /// Removes sources: what they brought becomes history in the one write that also does `change`, or nothing happens.
    ///
    /// @throws holdfast.kernel.Refusal ALREADY_RUNNING, with `run`
    void retire(Start start, Consumer<Handle> change) {
        var claimed = claims.take(start);
        var outcomes = claimed.turns().stream().map(Outcome::retired).toList();
        try {
            outcomes.forEach(outcome -> publication.stage(staging(start, claimed), outcome));
            logged(publication.finish(start, claimed.run(), outcomes, change));
        } catch (Publication.Fenced e) {
            throw Problem.CONFLICT.because("a sync took the source meanwhile; try again");
        } catch (RuntimeException e) {
            fail(start, claimed, outcomes);
            throw e;
        } finally {
            outcomes.forEach(Outcome::close);
        }
    }

    /// Waits for the end of a run on this node.
    ///
    /// @return whether it has ended
    boolean await(UUID run, Duration patience) {
        var progress = running.get(run);
        return progress == null || progress.await(patience);
    }

    /// {@return how far a run is that goes on at this node}
    Optional<Progress> progress(UUID run) {
        return Optional.ofNullable(running.get(run));
    }

    Run find(TenantId tenant, UUID environment, UUID run) {
        return ground.database()
                .read(tenant, tx -> stores.runs().find(tx, tenant, environment, run))
                .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such run"));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.atWarn().log("a sync did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// How the content of a source comes here.
    private interface Fetching {
        Fetched fetch(Start start, SourceRow row, Progress progress);
    }

    private void proceed(Start start, Claims.Claimed claimed, Fetching fetching) {
        var began = ground.clock().instant();
        var outcomes = new ArrayList<Outcome>();
        try {
            outcomes.addAll(fetchAll(start, claimed, fetching));
            for (var outcome : outcomes) {
                publication.stage(staging(start, claimed), outcome);
            }
            var ended = publication.finish(start, claimed.run(), outcomes, _ -> {});
            logged(ended);
        } catch (Publication.Fenced e) {
            LOG.atWarn().addKeyValue("run", claimed.run().id()).log("sync lost its turn");
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("run", claimed.run().id()).setCause(e).log("sync failed");
            fail(start, claimed, outcomesOrAll(claimed, outcomes, began));
        } finally {
            outcomes.forEach(Outcome::close);
        }
        moved(start);
    }

    private Publication.Staging staging(Start start, Claims.Claimed claimed) {
        return new Publication.Staging(
                start, claimed.run().id(), claimed.progress(), () -> claims.hold(claimed));
    }

    /// What cannot be ended now, with a full disk or without a database, is freed when its lease is over.
    private void fail(Start start, Claims.Claimed claimed, List<Outcome> outcomes) {
        try {
            publication.fail(start, claimed.run(), outcomes);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("run", claimed.run().id()).setCause(e).log("sync not ended");
        }
    }

    private List<Outcome> outcomesOrAll(
            Claims.Claimed claimed, List<Outcome> outcomes, Instant began) {
        if (outcomes.size() == claimed.turns().size()) {
            return outcomes;
        }
        return claimed.turns().stream()
                .map(turn -> Outcome.failed(turn, Failure.of(Status.FAILED), millisSince(began)))
                .toList();
    }

    private List<Outcome> fetchAll(Start start, Claims.Claimed claimed, Fetching fetching) {
        var tasks =
                claimed.turns().stream()
                        .map(turn -> threads.submit(() -> outcome(start, turn, claimed, fetching)))
                        .toList();
        try {
            var outcomes = new ArrayList<Outcome>();
            for (var task : tasks) {
                outcomes.add(patiently(task, claimed));
            }
            return outcomes;
        } catch (RuntimeException e) {
            tasks.forEach(task -> task.cancel(true));
            throw e;
        }
    }

    private Outcome patiently(Future<Outcome> task, Claims.Claimed claimed) {
        while (true) {
            try {
                return task.get(SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                claims.hold(claimed);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while fetching", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("fetching failed", e.getCause());
            }
        }
    }

    private Outcome outcome(
            Start start, Outcome.Turn turn, Claims.Claimed claimed, Fetching fetching) {
        var began = ground.clock().instant();
        var row = turn.row();
        try {
            var fetched = fetching.fetch(start, row, claimed.progress());
            boolean told = fetched.rows().stream().anyMatch(found -> !found.validity().isUnknown());
            return Outcome.fetched(
                    turn,
                    fetched,
                    told && dueForExpiry(start, row, began),
                    () -> millisSince(began));
        } catch (SourceFailed failed) {
            return Outcome.failed(turn, failed.failure(), millisSince(began));
        }
    }

    private Fetched fetch(Start start, SourceRow row, Progress progress) {
        if (!row.configured() || row.password().isEmpty()) {
            throw new SourceFailed(Failure.of(Status.FAILED, "This source has no login yet."));
        }
        try (var password = open(start.tenant(), row)) {
            return appliances.fetch(
                    new Appliances.Login(row.kind(), row.address(), row.username(), password),
                    dueForExpiry(start, row, ground.clock().instant()),
                    (pages, rows) -> progress.reading(row.kind(), pages, rows));
        }
    }

    SecretBytes open(TenantId tenant, SourceRow row) {
        return ground.seal()
                .open(
                        tenant,
                        SourceSettings.passwordPlace(row.id(), row.passwordVersion()),
                        row.password().orElseThrow());
    }

    /// The appliance signs in to every component for this, which takes minutes: daily, and never while a person waits.
    private static boolean dueForExpiry(Start start, SourceRow row, Instant now) {
        return start.trigger() == Run.Trigger.SCHEDULED
                && row.kind() == SourceKind.SDDC_MANAGER
                && row.expiryChecked()
                        .filter(checked -> checked.plus(EXPIRY_EVERY).isAfter(now))
                        .isEmpty();
    }

    private int millisSince(Instant began) {
        return (int) Duration.between(began, ground.clock().instant()).toMillis();
    }

    private void moved(Start start) {
        try {
            ground.database()
                    .read(
                            start.tenant(),
                            tx -> stores.sources().of(tx, start.tenant(), start.environment()))
                    .forEach(row -> schedule.moved(start.tenant(), row));
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("next turn not planned");
        }
    }

    private static void logged(Run run) {
        var event = run.status() == Run.Status.FAILED ? LOG.atWarn() : LOG.atInfo();
        event.addKeyValue("environment", run.environmentId())
                .addKeyValue("run", run.id())
                .addKeyValue("status", run.status())
                .addKeyValue(
                        "fetched", run.sources().stream().mapToInt(Run.OfSource::fetched).sum())
                .addKeyValue(
                        "changed",
                        run.sources().stream()
                                .mapToInt(source ->
                                        source.added() + source.changed() + source.removed())
                                .sum())
                .log("sync ended");
    }
}
