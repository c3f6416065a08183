package holdfast.infrastructure;

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

    /// How long a claim lasts without a sign of life.
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);
    private static final Duration EXPIRY_EVERY = Duration.ofHours(24);

    private final Ground ground;
    private final Ground.Stores stores;
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
        var claimed = claim(start);
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
        var claimed = claim(start);
        proceed(start, claimed, (_, _, _) -> fetched.get());
        return find(start.tenant(), start.environment(), claimed.run().id());
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

    /// A run and what it may change.
    private record Claimed(Run run, List<Outcome.Turn> turns, Progress progress) {
        Claimed {
            turns = List.copyOf(turns);
        }
    }

    private Claimed claim(Start start) {
        var now = ground.clock().instant();
        var run =
                new Run(
                        ground.ids().next(),
                        start.environment(),
                        start.trigger(),
                        start.actor().name(),
                        now,
                        Optional.empty(),
                        Run.Status.RUNNING,
                        start.kinds().stream().map(Run.OfSource::running).toList());
        return ground.database()
                .write(
                        start.tenant(),
                        tx -> {
                            var turns = new ArrayList<Outcome.Turn>();
                            for (var kind : start.kinds()) {
                                var row =
                                        stores.source(
                                                tx, start.tenant(), start.environment(), kind);
                                var fence =
                                        stores.sources()
                                                .claim(
                                                        tx,
                                                        start.tenant(),
                                                        start.environment(),
                                                        kind,
                                                        run.id(),
                                                        now,
                                                        now.plus(LEASE))
                                                .orElseThrow(() -> alreadyRunning(row));
                                replaceHeld(tx, start.tenant(), row);
                                endDead(tx, start.actor(), row);
                                turns.add(new Outcome.Turn(row, fence));
                            }
                            stores.runs().insert(tx, start.tenant(), run);
                            return new Claimed(run, turns, new Progress());
                        });
    }

    private static RuntimeException alreadyRunning(SourceRow row) {
        return Problem.ALREADY_RUNNING
                .because("this source is being synced now")
                .with("source", row.kind())
                .with("run", row.run().map(UUID::toString).orElse(""));
    }

    /// A later run replaces one that still waits.
    private void replaceHeld(Handle tx, TenantId tenant, SourceRow row) {
        row.heldRun()
                .flatMap(held -> stores.runs().find(tx, tenant, row.environment(), held))
                .ifPresent(held ->
                        stores.runs()
                                .update(
                                        tx,
                                        tenant,
                                        held.decided(
                                                row.kind(),
                                                Run.Status.DISCARDED,
                                                "Replaced by a later sync.")));
    }

    /// How the content of a source comes here.
    private interface Fetching {
        Fetched fetch(Start start, SourceRow row, Progress progress);
    }

    private void proceed(Start start, Claimed claimed, Fetching fetching) {
        var began = ground.clock().instant();
        var outcomes = new ArrayList<Outcome>();
        try {
            outcomes.addAll(fetchAll(start, claimed, fetching));
            for (var outcome : outcomes) {
                publication.stage(
                        new Publication.Staging(
                                start,
                                claimed.run().id(),
                                claimed.progress(),
                                () -> signOfLife(claimed)),
                        outcome);
            }
            var ended = publication.finish(start, claimed.run(), outcomes);
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

    /// What cannot be ended now, with a full disk or without a database, is freed when its lease is over.
    private void fail(Start start, Claimed claimed, List<Outcome> outcomes) {
        try {
            publication.fail(start, claimed.run(), outcomes);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("run", claimed.run().id()).setCause(e).log("sync not ended");
        }
    }

    private List<Outcome> outcomesOrAll(Claimed claimed, List<Outcome> outcomes, Instant began) {
        if (outcomes.size() == claimed.turns().size()) {
            return outcomes;
        }
        return claimed.turns().stream()
                .map(turn -> Outcome.failed(turn, Failure.of(Status.FAILED), millisSince(began)))
                .toList();
    }

    private List<Outcome> fetchAll(Start start, Claimed claimed, Fetching fetching) {
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

    private Outcome patiently(Future<Outcome> task, Claimed claimed) {
        while (true) {
            try {
                return task.get(SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                signOfLife(claimed);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while fetching", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("fetching failed", e.getCause());
            }
        }
    }

    private void signOfLife(Claimed claimed) {
        var until = ground.clock().instant().plus(LEASE);
        for (var turn : claimed.turns()) {
            if (!ground.database()
                    .write(
                            turn.fence().tenant(),
                            tx -> stores.sources().hold(tx, turn.fence(), until))) {
                throw new Publication.Fenced();
            }
        }
    }

    private Outcome outcome(Start start, Outcome.Turn turn, Claimed claimed, Fetching fetching) {
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

    /// Ends the record of the run that had the source and lost it without ending.
    void endDead(Handle tx, Principal actor, SourceRow row) {
        row.run()
                .flatMap(run -> stores.runs().find(tx, actor.tenant(), row.environment(), run))
                .filter(run -> run.status() == Run.Status.RUNNING)
                .ifPresent(run -> interrupted(tx, actor, run));
    }

    private void interrupted(Handle tx, Principal actor, Run run) {
        var ended =
                run.ended(
                        ground.clock().instant(),
                        run.sources().stream()
                                .map(source ->
                                        source.ended(
                                                Run.Status.INTERRUPTED,
                                                SourceStatus.INTERRUPTED.sentence()))
                                .toList());
        stores.runs().update(tx, actor.tenant(), ended);
        ground.ledger()
                .append(
                        tx,
                        actor,
                        new InfrastructureEvent.Synced(
                                run.environmentId(), ended, new Publication.Touched()));
    }
}
