package holdfast.infrastructure;

import holdfast.kernel.TenantId;
import holdfast.ledger.Event;
import holdfast.seal.Place;
import holdfast.vcf.Fetched;
import holdfast.vcf.SourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Brings what was fetched before the eyes of people: staged in small writes that nobody sees, shown by one flip.
final class Publication {
    private static final int CHUNK = 100; // rows; keeps a write below a few milliseconds
    private static final int SWEEP = 300; // rows

    private final Ground ground;
    private final Ground.Stores stores;

    Publication(Ground ground, Ground.Stores stores) {
        this.ground = ground;
        this.stores = stores;
    }

    /// Another run has the source now.
    static final class Fenced extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// What a run touched, as its one event names it.
    ///
    /// @param versions id → version of each credential that was added or changed
    /// @param removed  ids of those that are gone
    record Touched(SortedMap<String, Object> versions, List<String> removed) {
        Touched() {
            this(new TreeMap<>(), new ArrayList<>());
        }

        void add(Kept row) {
            if (row.isPresent()) {
                versions.put(row.id().toString(), row.version());
            } else {
                removed.add(row.id().toString());
            }
        }
    }

    /// One run that stages.
    ///
    /// @param alive called between chunks
    record Staging(Syncs.Start start, UUID run, Progress progress, Runnable alive) {
        TenantId tenant() {
            return start.tenant();
        }
    }

    /// Writes the differences where nobody sees them yet.
    ///
    /// @throws Fenced when the source was taken
    void stage(Staging staging, Outcome outcome) {
        if (outcome.fetched().isEmpty()) {
            return;
        }
        var row = outcome.row();
        staging.progress().comparing(row.kind());
        clean(outcome);
        var now = ground.clock().instant();
        var result = compare(staging.tenant(), row, outcome.fetched().get(), now);
        outcome.compared(result, ground.settings().removalHoldPercent(staging.tenant()));
        var changes = result.changes();
        for (int from = 0; from < changes.size(); from += CHUNK) {
            int to = Math.min(from + CHUNK, changes.size());
            stage(staging, outcome, changes.subList(from, to), now);
            staging.progress().storing(row.kind(), changes.size(), to);
            if (from / CHUNK % 50 == 49) {
                staging.alive().run();
            }
        }
    }

    private Comparison.Result compare(
            TenantId tenant, SourceRow row, Fetched fetched, Instant now) {
        var stored = ground.database().read(tenant, tx -> seen(tx, tenant, row));
        try (var marks = ground.seal().fingerprints(tenant, "infrastructure.value")) {
            return new Comparison(
                            row.kind(),
                            row.generation() + 1,
                            now,
                            row.lastSuccess(),
                            marks::of,
                            ground.ids()::next)
                    .compare(stored, fetched);
        }
    }

    private void stage(
            Staging staging, Outcome outcome, List<Comparison.Change> chunk, Instant now) {
        var row = outcome.row();
        var tenant = staging.tenant();
        var values =
                chunk.stream().flatMap(change -> value(staging, change, now).stream()).toList();
        write(
                outcome,
                tx -> {
                    stores.credentials().stage(tx, tenant, row.environment(), chunk);
                    stores.credentials()
                            .stageValues(tx, tenant, row.environment(), row.kind(), values);
                    return true;
                });
    }

    private List<Kept> seen(Handle tx, TenantId tenant, SourceRow row) {
        return stores.credentials()
                .seen(tx, tenant, row.environment(), row.kind(), row.generation());
    }

    /// Ends a run: one write shows every source that came through, and appends the one event.
    ///
    /// @throws Fenced when a source was taken
    Run finish(Syncs.Start start, Run run, List<Outcome> outcomes) {
        var tenant = start.tenant();
        var now = ground.clock().instant();
        var ended = run.ended(now, outcomes.stream().map(Outcome::part).toList());
        var touched = new Touched();
        outcomes.stream()
                .flatMap(outcome -> outcome.shown().stream())
                .flatMap(result -> result.changes().stream())
                .forEach(change -> touched.add(change.after()));
        var event =
                Event.written(new InfrastructureEvent.Synced(run.environmentId(), ended, touched));
        ground.database()
                .write(
                        tenant,
                        tx -> {
                            for (var outcome : outcomes) {
                                var end = outcome.end(run.id(), now);
                                if (!stores.sources().end(tx, outcome.fence(), end)) {
                                    throw new Fenced();
                                }
                            }
                            stores.runs().update(tx, tenant, ended);
                            ground.ledger().append(tx, start.actor(), event);
                            return true;
                        });
        settle(
                tenant,
                run.environmentId(),
                outcomes.stream()
                        .filter(outcome -> outcome.shown().isPresent())
                        .map(Outcome::row)
                        .toList());
        return ended;
    }

    /// Ends a run that broke: nothing of it is shown.
    void fail(Syncs.Start start, Run run, List<Outcome> outcomes) {
        try {
            finish(start, run, outcomes.stream().map(Outcome::broken).toList());
        } catch (Fenced _) {
            return; // another run goes on; it cleans up
        }
    }

    /// Removes states that nobody sees any more, and finds drift anew.
    ///
    /// @param flipped sources, as they were before they showed the next generation
    void settle(TenantId tenant, UUID environment, List<SourceRow> flipped) {
        flipped.forEach(row ->
                repeat(() ->
                        ground.database()
                                .write(
                                        tenant,
                                        tx ->
                                                stores.credentials()
                                                        .sweep(
                                                                tx,
                                                                tenant,
                                                                row.environment(),
                                                                row.kind(),
                                                                row.generation() + 1,
                                                                SWEEP))));
        note(tenant, environment);
    }

    /// Notes which findings are news, in small writes.
    private void note(TenantId tenant, UUID environment) {
        var findings = ground.database().read(tenant, tx -> findings(tx, tenant, environment));
        var news = findings.stream().filter(Findings.Finding::isNews).toList();
        for (int from = 0; from < news.size(); from += SWEEP) {
            var chunk = news.subList(from, Math.min(from + SWEEP, news.size()));
            ground.database()
                    .write(
                            tenant,
                            tx -> {
                                stores.credentials().note(tx, tenant, chunk);
                                return true;
                            });
        }
        ground.database()
                .write(
                        tenant,
                        tx -> {
                            for (var kind : SourceKind.values()) {
                                int drifted = Findings.asking(findings, kind);
                                stores.sources().drifted(tx, tenant, environment, kind, drifted);
                            }
                            return true;
                        });
    }

    private List<Findings.Finding> findings(Handle tx, TenantId tenant, UUID environment) {
        var sources = stores.sources().of(tx, tenant, environment);
        var leaving = sources.stream().flatMap(row -> Kept.split(row.leaving()).stream());
        var rows = sources.stream().flatMap(row -> seen(tx, tenant, row).stream());
        return Findings.of(
                rows.filter(Kept::isPresent).toList(), leaving.collect(Collectors.toSet()));
    }

    private Optional<CredentialStore.Value> value(
            Staging staging, Comparison.Change change, Instant now) {
        var start = staging.start();
        var after = change.after();
        return change.value()
                .map(value ->
                        new CredentialStore.Value(
                                after.id(),
                                after.version(),
                                after.since(),
                                ground.seal()
                                        .seal(
                                                start.tenant(),
                                                valuePlace(after.id(), after.version()),
                                                value),
                                now,
                                after.changedAtSource(),
                                start.trigger(),
                                start.actor().name(),
                                staging.run()));
    }

    static Place valuePlace(UUID credential, int version) {
        return new Place("vcf-credential", credential, version);
    }

    /// Takes back what a run that died has staged.
    private void clean(Outcome outcome) {
        var row = outcome.row();
        repeat(() ->
                write(
                        outcome,
                        tx ->
                                stores.credentials()
                                        .unstage(
                                                tx,
                                                outcome.fence().tenant(),
                                                row.environment(),
                                                row.kind(),
                                                row.generation(),
                                                SWEEP)));
    }

    private boolean write(Outcome outcome, Function<Handle, Boolean> work) {
        var until = ground.clock().instant().plus(Syncs.LEASE);
        return ground.database()
                .write(
                        outcome.fence().tenant(),
                        tx -> {
                            if (!stores.sources().hold(tx, outcome.fence(), until)) {
                                throw new Fenced();
                            }
                            return work.apply(tx);
                        });
    }

    /// Does a part of something until nothing is left.
    private static void repeat(java.util.function.BooleanSupplier part) {
        boolean more = true;
        while (more) {
            more = part.getAsBoolean();
        }
    }
}
