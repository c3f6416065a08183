package holdfast.infrastructure;

import holdfast.estate.Run;
import holdfast.estate.SourceStatus;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Decides about runs that wait for a person: shows what they staged, or drops it.
final class HeldRuns {
    private final Ground ground;
    private final Ground.Stores stores;
    private final Publication publication;

    HeldRuns(Ground ground, Ground.Stores stores, Publication publication) {
        this.ground = ground;
        this.stores = stores;
        this.publication = publication;
    }

    /// @param rows sources that hold the run
    /// @throws Refusal CONFLICT when a later run has begun
    Run decide(Syncs.Start start, Run run, List<SourceRow> rows, boolean apply) {
        var tenant = start.tenant();
        var touched = new Publication.Touched();
        if (apply) {
            rows.forEach(row ->
                    ground.database()
                            .read(
                                    tenant,
                                    tx ->
                                            stores.credentials()
                                                    .staged(
                                                            tx,
                                                            tenant,
                                                            row.environment(),
                                                            row.kind(),
                                                            row.generation()))
                            .forEach(touched::add));
        }
        var ended = run;
        for (var row : rows) {
            ended =
                    apply
                            ? ended.decided(
                                    row.kind(), Run.Status.SUCCESS, "Confirmed and applied.")
                            : ended.decided(row.kind(), Run.Status.DISCARDED, "Discarded.");
        }
        var last = ended;
        var now = ground.clock().instant();
        ground.database()
                .write(
                        tenant,
                        tx -> {
                            rows.forEach(row -> end(tx, start, run, row, apply, now));
                            stores.runs().update(tx, tenant, last);
                            ground.ledger()
                                    .append(
                                            tx,
                                            start.actor(),
                                            new InfrastructureEvent.Decided(
                                                    run.environmentId(), run.id(), apply, touched));
                            return true;
                        });
        publication.settle(tenant, run.environmentId(), apply ? rows : List.of());
        return last;
    }

    private void end(
            Handle tx, Syncs.Start start, Run run, SourceRow row, boolean apply, Instant now) {
        var tenant = start.tenant();
        var environment = row.environment();
        var fence =
                stores.sources()
                        .claim(
                                tx,
                                tenant,
                                environment,
                                row.kind(),
                                run.id(),
                                now,
                                now.plus(Claims.LEASE))
                        .orElseThrow(HeldRuns::conflict);
        var current = stores.source(tx, tenant, environment, row.kind());
        if (current.generation() != row.generation()
                || !current.heldRun().equals(Optional.of(run.id()))) {
            throw conflict();
        }
        long generation = apply ? row.generation() + 1 : row.generation();
        int present =
                apply
                        ? stores.credentials()
                                .present(tx, tenant, environment, row.kind(), generation)
                        : row.present();
        stores.sources()
                .end(
                        tx,
                        fence,
                        new SourceStore.End(
                                present == 0 ? SourceStatus.EMPTY : SourceStatus.OK,
                                Optional.empty(),
                                row.stopped(),
                                Optional.empty(),
                                apply ? Optional.of(run.started()) : Optional.empty(),
                                Optional.empty(),
                                row.nextRun(),
                                Optional.empty(),
                                generation,
                                present,
                                Optional.empty(),
                                Optional.empty()));
    }

    private static Refusal conflict() {
        return Problem.CONFLICT.because("this run no longer waits: a later one has begun");
    }
}
