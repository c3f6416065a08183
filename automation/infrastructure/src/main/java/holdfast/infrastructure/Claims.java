package holdfast.infrastructure;

import holdfast.estate.Run;
import holdfast.estate.SourceStatus;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Takes sources for runs, one run at a time, on all nodes together, and ends the records of runs that lost theirs.
final class Claims {
    /// How long a claim lasts without a sign of life.
    static final Duration LEASE = Duration.ofMinutes(2);

    private final Ground ground;
    private final Ground.Stores stores;

    Claims(Ground ground, Ground.Stores stores) {
        this.ground = ground;
        this.stores = stores;
    }

    /// A run and what it may change.
    record Claimed(Run run, List<Outcome.Turn> turns, Progress progress) {
        Claimed {
            turns = List.copyOf(turns);
        }
    }

    /// Takes all sources of a run, or none.
    ///
    /// @throws holdfast.kernel.Refusal ALREADY_RUNNING, with `run`
    Claimed take(Syncs.Start start) {
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
        return ground.database().write(start.tenant(), tx -> take(tx, start, run, now));
    }

    private Claimed take(Handle tx, Syncs.Start start, Run run, Instant now) {
        var turns = new ArrayList<Outcome.Turn>();
        for (var kind : start.kinds()) {
            var row = stores.source(tx, start.tenant(), start.environment(), kind);
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

    /// Gives a sign of life.
    ///
    /// @throws Publication.Fenced when a source was taken
    void hold(Claimed claimed) {
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
