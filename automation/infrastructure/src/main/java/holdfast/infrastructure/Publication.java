package holdfast.infrastructure;

import holdfast.infrastructure.SourceStore.Fence;
import holdfast.kernel.Bytes;
import holdfast.kernel.Ids;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.seal.Place;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import holdfast.vcf.Failure;
import holdfast.vcf.Fetched;
import holdfast.vcf.SourceKind;
import holdfast.vcf.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Brings what was fetched before the eyes of people: staged in small writes that nobody sees, shown by one flip.
final class Publication {
    private static final int CHUNK = 100; // rows; keeps a write below a few milliseconds
    private static final int SWEEP = 300; // rows

    private final Database database;
    private final SourceStore sources;
    private final RunStore runs;
    private final CredentialStore credentials;
    private final Seal seal;
    private final Ledger ledger;
    private final Settings settings;
    private final InstantSource clock;
    private final Ids ids;

    Publication(
            Database database,
            Parts parts,
            Seal seal,
            Ledger ledger,
            Settings settings,
            InstantSource clock) {
        this.database = database;
        this.sources = parts.sources();
        this.runs = parts.runs();
        this.credentials = parts.credentials();
        this.ids = parts.ids();
        this.seal = seal;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    /// The stores it writes to.
    record Parts(SourceStore sources, RunStore runs, CredentialStore credentials, Ids ids) {}

    /// Another run has the source now.
    static final class Fenced extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// What came of one source, on its way from fetched to shown. For one thread.
    static final class Outcome implements AutoCloseable {
        private final SourceRow row;
        private final Fence fence;
        private final Optional<Fetched> fetched;
        private final Optional<Failure> failure;
        private final boolean expiryAsked;
        private final IntSupplier milliseconds;
        private Comparison.@Nullable Result result;

        private Outcome(
                SourceRow row,
                Fence fence,
                Optional<Fetched> fetched,
                Optional<Failure> failure,
                boolean expiryAsked,
                IntSupplier milliseconds) {
            this.row = row;
            this.fence = fence;
            this.fetched = fetched;
            this.failure = failure;
            this.expiryAsked = expiryAsked;
            this.milliseconds = milliseconds;
        }

        static Outcome fetched(
                SourceRow row,
                Fence fence,
                Fetched fetched,
                boolean expiryAsked,
                IntSupplier milliseconds) {
            return new Outcome(
                    row, fence, Optional.of(fetched), Optional.empty(), expiryAsked, milliseconds);
        }

        static Outcome failed(SourceRow row, Fence fence, Failure failure, int milliseconds) {
            return new Outcome(
                    row, fence, Optional.empty(), Optional.of(failure), false, () -> milliseconds);
        }

        @Override
        public void close() {
            fetched.ifPresent(Fetched::close);
        }
    }

    /// Writes the differences where nobody sees them yet.
    ///
    /// @param alive called between chunks
    /// @throws Fenced when the source was taken
    void stage(Syncs.Start start, UUID run, Outcome outcome, Runnable alive) {
        if (outcome.fetched.isEmpty()) {
            return;
        }
        var row = outcome.row;
        var tenant = start.tenant();
        clean(tenant, outcome);
        var stored =
                database.read(
                        tenant,
                        tx ->
                                credentials.seen(
                                        tx,
                                        tenant,
                                        row.environment(),
                                        row.kind(),
                                        row.generation()));
        var now = clock.instant();
        var comparison =
                new Comparison(
                        row.kind(),
                        row.generation() + 1,
                        now,
                        row.lastSuccess(),
                        value -> seal.fingerprint(tenant, "infrastructure.value", value),
                        ids::next);
        var result = comparison.compare(stored, outcome.fetched.get());
        outcome.result = result;
        var changes = result.changes();
        for (int from = 0; from < changes.size(); from += CHUNK) {
            var chunk = changes.subList(from, Math.min(from + CHUNK, changes.size()));
            var values =
                    chunk.stream()
                            .flatMap(change -> value(start, run, change, now).stream())
                            .toList();
            write(
                    outcome,
                    tx -> {
                        credentials.stage(tx, tenant, row.environment(), chunk);
                        credentials.stageValues(tx, tenant, row.environment(), row.kind(), values);
                        return true;
                    });
            if (from / CHUNK % 50 == 49) {
                alive.run();
            }
        }
    }

    /// Ends a run: one write shows every source that came through, and appends the one event.
    Run finish(Syncs.Start start, Run run, List<Outcome> outcomes) {
        var now = clock.instant();
        var ended = ended(start.tenant(), run, outcomes, now);
        var touched = new HashMap<UUID, Integer>();
        var removed = new ArrayList<UUID>();
        for (var outcome : outcomes) {
            if (outcome.result != null && !isHeld(start.tenant(), outcome)) {
                names(
                        outcome.result.changes().stream().map(Comparison.Change::after).toList(),
                        touched,
                        removed);
            }
        }
        database.write(
                start.tenant(),
                tx -> {
                    for (var outcome : outcomes) {
                        if (!sources.end(
                                tx, outcome.fence, end(start.tenant(), run, outcome, now))) {
                            throw new Fenced();
                        }
                    }
                    runs.update(tx, start.tenant(), ended);
                    ledger.append(
                            tx,
                            start.actor(),
                            new InfrastructureEvent.Synced(
                                    run.environmentId(), ended, touched, removed));
                    return true;
                });
        outcomes.stream()
                .filter(outcome -> outcome.result != null && !isHeld(start.tenant(), outcome))
                .forEach(outcome ->
                        sweep(start.tenant(), outcome.row, outcome.row.generation() + 1));
        note(start.tenant(), run.environmentId());
        return ended;
    }

    /// Ends a run that broke: nothing of it is shown.
    void fail(Syncs.Start start, Run run, List<Outcome> outcomes) {
        var failed =
                outcomes.stream()
                        .map(outcome ->
                                Outcome.failed(
                                        outcome.row,
                                        outcome.fence,
                                        outcome.failure.orElse(Failure.of(Status.FAILED)),
                                        outcome.milliseconds.getAsInt()))
                        .toList();
        try {
            finish(start, run, failed);
        } catch (Fenced _) {
            return; // another run goes on; it cleans up
        }
    }

    /// Shows what a held run staged, or drops it.
    ///
    /// @param rows sources that hold the run
    Run decide(Syncs.Start start, Run run, List<SourceRow> rows, boolean apply) {
        var tenant = start.tenant();
        var touched = new HashMap<UUID, Integer>();
        var removed = new ArrayList<UUID>();
        for (var row : rows) {
            if (apply) {
                var changes =
                        database.read(
                                tenant,
                                tx ->
                                        credentials.staged(
                                                tx,
                                                tenant,
                                                row.environment(),
                                                row.kind(),
                                                row.generation()));
                names(changes, touched, removed);
            }
        }
        var ended = run;
        for (var row : rows) {
            ended =
                    ended(
                            ended,
                            row.kind(),
                            apply ? Run.Status.SUCCESS : Run.Status.DISCARDED,
                            apply ? "Confirmed and applied." : "Discarded.");
        }
        var last = ended;
        var now = clock.instant();
        database.write(
                tenant,
                tx -> {
                    for (var row : rows) {
                        var fence =
                                sources.claim(
                                                tx,
                                                tenant,
                                                row.environment(),
                                                row.kind(),
                                                run.id(),
                                                now,
                                                now.plusSeconds(60))
                                        .orElseThrow(() -> conflict());
                        long generation = apply ? row.generation() + 1 : row.generation();
                        var present =
                                apply
                                        ? credentials.present(
                                                tx,
                                                tenant,
                                                row.environment(),
                                                row.kind(),
                                                generation)
                                        : row.present();
                        var current =
                                sources.find(tx, tenant, row.environment(), row.kind())
                                        .orElseThrow();
                        if (current.generation() != row.generation()
                                || !current.heldRun().equals(Optional.of(run.id()))) {
                            throw conflict();
                        }
                        sources.end(
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
                                        Optional.empty()));
                    }
                    runs.update(tx, tenant, last);
                    ledger.append(
                            tx,
                            start.actor(),
                            new InfrastructureEvent.Decided(
                                    run.environmentId(), run.id(), apply, touched, removed));
                    return true;
                });
        for (var row : rows) {
            if (apply) {
                sweep(tenant, row, row.generation() + 1);
            }
        }
        note(tenant, run.environmentId());
        return last;
    }

    private static RuntimeException conflict() {
        return holdfast.kernel.Problem.CONFLICT.because(
                "this run no longer waits: a later one has begun");
    }

    /// Finds drift anew and notes what is news, in small writes.
    void note(TenantId tenant, UUID environment) {
        var rows =
                database.read(
                        tenant,
                        tx ->
                                sources.of(tx, tenant, environment).stream()
                                        .flatMap(source ->
                                                credentials
                                                        .seen(
                                                                tx,
                                                                tenant,
                                                                environment,
                                                                source.kind(),
                                                                source.generation())
                                                        .stream())
                                        .filter(Kept::isPresent)
                                        .toList());
        var findings = Findings.of(rows);
        var news = findings.stream().filter(Findings.Finding::isNews).toList();
        for (int from = 0; from < news.size(); from += SWEEP) {
            var chunk = news.subList(from, Math.min(from + SWEEP, news.size()));
            database.write(
                    tenant,
                    tx -> {
                        credentials.note(tx, tenant, chunk);
                        return true;
                    });
        }
        for (var kind : SourceKind.values()) {
            int drifted =
                    (int)
                            findings.stream()
                                    .filter(finding ->
                                            finding.row().source() == kind
                                                    && (finding.drift() & Drift.ATTENTION) != 0)
                                    .count();
            database.write(
                    tenant,
                    tx -> {
                        sources.drifted(tx, tenant, environment, kind, drifted);
                        return true;
                    });
        }
    }

    static Run ended(Run run, SourceKind kind, Run.Status status, String sentence) {
        var parts =
                run.sources().stream()
                        .map(source ->
                                source.kind() == kind && source.status() == Run.Status.HELD
                                        ? source.ended(status, sentence)
                                        : source)
                        .toList();
        return new Run(
                run.id(),
                run.environmentId(),
                run.trigger(),
                run.startedBy(),
                run.started(),
                run.finished(),
                together(parts),
                parts);
    }

    private Run ended(TenantId tenant, Run run, List<Outcome> outcomes, Instant now) {
        var parts = outcomes.stream().map(outcome -> part(tenant, outcome)).toList();
        return new Run(
                run.id(),
                run.environmentId(),
                run.trigger(),
                run.startedBy(),
                run.started(),
                Optional.of(now),
                together(parts),
                parts);
    }

    private static Run.Status together(List<Run.OfSource> parts) {
        var first = parts.getFirst().status();
        if (parts.stream().allMatch(part -> part.status() == first)) {
            return first;
        }
        if (parts.stream().anyMatch(part -> part.status() == Run.Status.HELD)) {
            return Run.Status.HELD;
        }
        return parts.stream().anyMatch(part -> part.status() == Run.Status.FAILED)
                ? Run.Status.PARTIAL
                : Run.Status.SUCCESS;
    }

    private Run.OfSource part(TenantId tenant, Outcome outcome) {
        var result = outcome.result;
        var begun = Run.OfSource.running(outcome.row.kind());
        int took = outcome.milliseconds.getAsInt();
        if (result == null || outcome.fetched.isEmpty()) {
            return begun.failed(outcome.failure.orElse(Failure.of(Status.FAILED)), took);
        }
        var fetched = outcome.fetched.get();
        var status = status(tenant, outcome, result);
        return new Run.OfSource(
                outcome.row.kind(),
                status,
                sentence(status, result, fetched),
                Optional.empty(),
                fetched.rows().size(),
                result.added(),
                result.changed(),
                result.unchanged(),
                result.removed(),
                result.withoutValue(),
                fetched.unmapped(),
                fetched.complete(),
                took);
    }

    private Run.Status status(TenantId tenant, Outcome outcome, Comparison.Result result) {
        if (isHeld(tenant, outcome)) {
            return Run.Status.HELD;
        }
        return result.presentAfter() == 0 ? Run.Status.EMPTY : Run.Status.SUCCESS;
    }

    private boolean isHeld(TenantId tenant, Outcome outcome) {
        return outcome.result != null
                && outcome.result.losesMoreThan(settings.removalHoldPercent(tenant));
    }

    private static String sentence(Run.Status status, Comparison.Result result, Fetched fetched) {
        if (status == Run.Status.HELD) {
            return "%d of %d credentials would go; confirm or discard."
                    .formatted(result.removed(), result.present());
        }
        if (status == Run.Status.EMPTY) {
            return SourceStatus.EMPTY.sentence();
        }
        return fetched.complete()
                ? "%d read: %d new, %d changed, %d gone."
                        .formatted(
                                fetched.rows().size(),
                                result.added(),
                                result.changed(),
                                result.removed())
                : "%d read, but the answer was not complete: nothing was removed."
                        .formatted(fetched.rows().size());
    }

    private SourceStore.End end(TenantId tenant, Run run, Outcome outcome, Instant now) {
        var row = outcome.row;
        var result = outcome.result;
        if (result == null) {
            var failure = outcome.failure.orElse(Failure.of(Status.FAILED));
            var status = SourceStatus.of(failure.status());
            boolean stopped = row.stopped() || status.stopsSchedule();
            return new SourceStore.End(
                    status,
                    Optional.of(failure),
                    stopped,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    stopped ? Optional.empty() : next(row, now),
                    Optional.empty(),
                    row.generation(),
                    row.present(),
                    Optional.empty());
        }
        boolean held = isHeld(tenant, outcome);
        var status =
                held
                        ? SourceStatus.HELD
                        : result.presentAfter() == 0 ? SourceStatus.EMPTY : SourceStatus.OK;
        return new SourceStore.End(
                status,
                Optional.empty(),
                false,
                outcome.fetched.flatMap(Fetched::version),
                held ? Optional.empty() : Optional.of(now),
                outcome.expiryAsked ? Optional.of(now) : Optional.empty(),
                next(row, now),
                held ? Optional.of(run.id()) : Optional.empty(),
                held || result.changes().isEmpty() ? row.generation() : row.generation() + 1,
                held ? row.present() : result.presentAfter(),
                held ? Optional.empty() : outcome.fetched.map(Publication::domains));
    }

    private static String domains(Fetched fetched) {
        return Kept.join(
                fetched.rows().stream()
                        .flatMap(row -> row.domains().stream())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static Optional<Instant> next(SourceRow row, Instant now) {
        return row.configured() && row.scheduleMinutes() > 0
                ? Optional.of(now.plusSeconds(row.scheduleMinutes() * 60L))
                : Optional.empty();
    }

    private Optional<CredentialStore.Value> value(
            Syncs.Start start, UUID run, Comparison.Change change, Instant now) {
        var after = change.after();
        return change.value()
                .map(value ->
                        new CredentialStore.Value(
                                after.id(),
                                after.version(),
                                after.since(),
                                sealed(start.tenant(), after, value),
                                now,
                                after.changedAtSource(),
                                start.trigger(),
                                start.actor().name(),
                                run));
    }

    private Bytes sealed(TenantId tenant, Kept row, SecretBytes value) {
        return seal.seal(tenant, valuePlace(row.id(), row.version()), value);
    }

    static Place valuePlace(UUID credential, int version) {
        return new Place("vcf-credential", credential, version);
    }

    private void clean(TenantId tenant, Outcome outcome) {
        var row = outcome.row;
        boolean more = true;
        while (more) {
            more =
                    write(
                            outcome,
                            tx ->
                                    credentials.unstage(
                                            tx,
                                            tenant,
                                            row.environment(),
                                            row.kind(),
                                            row.generation(),
                                            SWEEP));
        }
    }

    private void sweep(TenantId tenant, SourceRow row, long generation) {
        boolean more = true;
        while (more) {
            more =
                    database.write(
                            tenant,
                            tx ->
                                    credentials.sweep(
                                            tx,
                                            tenant,
                                            row.environment(),
                                            row.kind(),
                                            generation,
                                            SWEEP));
        }
    }

    private boolean write(
            Outcome outcome, java.util.function.Function<org.jdbi.v3.core.Handle, Boolean> work) {
        var until = clock.instant().plusSeconds(120);
        return database.write(
                outcome.fence.tenant(),
                tx -> {
                    if (!sources.hold(tx, outcome.fence, until)) {
                        throw new Fenced();
                    }
                    return work.apply(tx);
                });
    }

    private static void names(List<Kept> rows, Map<UUID, Integer> touched, List<UUID> removed) {
        for (var row : rows) {
            if (row.isPresent()) {
                touched.put(row.id(), row.version());
            } else {
                removed.add(row.id());
            }
        }
    }
}
