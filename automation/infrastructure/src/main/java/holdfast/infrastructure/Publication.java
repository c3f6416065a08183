package holdfast.infrastructure;

import holdfast.comparison.Comparison;
import holdfast.comparison.Findings;
import holdfast.comparison.Kept;
import holdfast.estate.Run;
import holdfast.kernel.TenantId;
import holdfast.ledger.Event;
import holdfast.seal.Place;
import holdfast.seal.Seal;
import holdfast.vcf.SourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
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

        void add(Touched others) {
            versions.putAll(others.versions());
            removed.addAll(others.removed());
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
        staging.progress().comparing(outcome.row().kind());
        clean(outcome);
        var now = ground.clock().instant();
        try (var marks = ground.seal().fingerprints(staging.tenant(), "infrastructure.value")) {
            var comparison = compared(outcome, marks, now);
            var stage = new Stage(staging, outcome, now);
            var result = comparison.end(stage::expect, stage::take);
            stage.flush();
            outcome.compared(result, ground.settings().removalHoldPercent(staging.tenant()));
        }
    }

    /// What is stored runs by: only differences are kept.
    private Comparison compared(Outcome outcome, Seal.Fingerprints marks, Instant now) {
        var row = outcome.row();
        var tenant = outcome.fence().tenant();
        var terms =
                new Comparison.Terms(
                        row.kind(),
                        row.generation() + 1,
                        now,
                        row.lastSuccess(),
                        marks::of,
                        ground.ids()::next);
        return ground.database()
                .read(
                        tenant,
                        tx -> {
                            var comparison = new Comparison(terms, outcome.fetched().orElseThrow());
                            seen(tx, tenant, row, comparison::meet);
                            return comparison;
                        });
    }

    /// Writes changes in chunks, each forgotten once it is written.
    private final class Stage {
        private final Staging staging;
        private final Outcome outcome;
        private final Instant now;
        private final List<Comparison.Change> chunk = new ArrayList<>();
        private int expected;
        private int stored;

        Stage(Staging staging, Outcome outcome, Instant now) {
            this.staging = staging;
            this.outcome = outcome;
            this.now = now;
        }

        void expect(int changes) {
            expected = changes;
        }

        void take(Comparison.Change change) {
            chunk.add(change);
            outcome.staged(change.after());
            if (chunk.size() == CHUNK) {
                flush();
            }
        }

        void flush() {
            if (chunk.isEmpty()) {
                return;
            }
            var part = List.copyOf(chunk);
            chunk.clear();
            var values = sealed(part);
            var row = outcome.row();
            var tenant = staging.tenant();
            write(
                    outcome,
                    tx -> {
                        stores.credentials().stage(tx, tenant, row.environment(), part);
                        stores.credentials()
                                .stageValues(tx, tenant, row.environment(), row.kind(), values);
                        return true;
                    });
            stored += part.size();
            staging.progress().storing(outcome.row().kind(), expected, stored);
            if (stored / CHUNK % 50 == 0) {
                staging.alive().run();
            }
        }

        private List<CredentialStore.Value> sealed(List<Comparison.Change> part) {
            try (var sealing = ground.seal().sealing(staging.tenant())) {
                return part.stream().flatMap(change -> value(sealing, change).stream()).toList();
            }
        }

        private Optional<CredentialStore.Value> value(
                Seal.Sealing sealing, Comparison.Change change) {
            var start = staging.start();
            var after = change.after();
            return change.value()
                    .map(value ->
                            new CredentialStore.Value(
                                    after.id(),
                                    after.version(),
                                    after.since(),
                                    sealing.seal(valuePlace(after.id(), after.version()), value),
                                    now,
                                    after.changedAtSource(),
                                    start.trigger(),
                                    start.actor().name(),
                                    staging.run()));
        }
    }

    private void seen(Handle tx, TenantId tenant, SourceRow row, Consumer<Kept> states) {
        stores.credentials()
                .seen(tx, tenant, row.environment(), row.kind(), row.generation(), states);
    }

    /// Ends a run: one write shows every source that came through, and appends the one event.
    ///
    /// @param change what else is done in that write
    /// @throws Fenced when a source was taken
    Run finish(Syncs.Start start, Run run, List<Outcome> outcomes, Consumer<Handle> change) {
        var tenant = start.tenant();
        var now = ground.clock().instant();
        var ended = run.ended(now, outcomes.stream().map(Outcome::part).toList());
        var touched = new Touched();
        outcomes.stream().flatMap(outcome -> outcome.shown().stream()).forEach(touched::add);
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
                            change.accept(tx);
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
            finish(start, run, outcomes.stream().map(Outcome::broken).toList(), _ -> {});
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

    /// Notes which findings are news, in small writes. Nothing is read when nothing has moved since the last time.
    private void note(TenantId tenant, UUID environment) {
        var sources =
                ground.database().read(tenant, tx -> stores.sources().of(tx, tenant, environment));
        if (sources.stream().allMatch(SourceRow::isNoted)) {
            return;
        }
        var found = ground.database().read(tenant, tx -> found(tx, tenant, environment));
        var news = found.news();
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
                            for (var source : found.sources()) {
                                int drifted = found.findings().asking(source.kind());
                                stores.sources().noted(tx, tenant, source, drifted);
                            }
                            return true;
                        });
    }

    /// Findings, and the sources as they were when they were found.
    private record Noted(List<SourceRow> sources, Findings findings, List<Findings.Finding> news) {}

    private Noted found(Handle tx, TenantId tenant, UUID environment) {
        var sources = stores.sources().of(tx, tenant, environment);
        var leaving = sources.stream().flatMap(row -> Kept.split(row.leaving()).stream());
        var installer = new ArrayList<Kept>();
        present(tx, tenant, sources, SourceKind.INSTALLER, installer::add);
        var findings = new Findings(installer, leaving.collect(Collectors.toSet()));
        present(tx, tenant, sources, SourceKind.SDDC_MANAGER, findings::take);
        return new Noted(sources, findings, findings.end());
    }

    private void present(
            Handle tx,
            TenantId tenant,
            List<SourceRow> sources,
            SourceKind kind,
            Consumer<Kept> taker) {
        for (var source : sources) {
            if (source.kind() == kind) {
                seen(
                        tx,
                        tenant,
                        source,
                        row -> {
                            if (row.isPresent()) {
                                taker.accept(row);
                            }
                        });
            }
        }
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
        var until = ground.clock().instant().plus(Claims.LEASE);
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
