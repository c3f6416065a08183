package holdfast.infrastructure;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Scope;
import holdfast.comparison.Kept;
import holdfast.configuration.EnvironmentDraft;
import holdfast.estate.Environment;
import holdfast.estate.Run;
import holdfast.kernel.Cursor;
import holdfast.kernel.FieldError;
import holdfast.kernel.Page;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.vcf.Appliances;
import holdfast.vcf.SourceKind;
import holdfast.vcf.TestResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The only [Environments]: configuration in rows, passwords sealed, syncs by [Syncs].
final class StoredEnvironments implements Environments {
    private static final int CHUNK = 300; // rows deleted in one write

    private final Database database;
    private final Ground ground;
    private final Ground.Stores stores;
    private final SourceSettings settings;
    private final Runs runs;
    private final Syncs syncs;
    private final Appliances appliances;
    private volatile Syncs.Schedule schedule = (_, _) -> {};

    /// What syncs and tests.
    record Engines(Runs runs, Syncs syncs, Appliances appliances) {}

    StoredEnvironments(Ground ground, Ground.Stores stores, Engines engines) {
        this.database = ground.database();
        this.ground = ground;
        this.stores = stores;
        this.settings = new SourceSettings(ground);
        this.runs = engines.runs();
        this.syncs = engines.syncs();
        this.appliances = engines.appliances();
    }

    void onSchedule(Syncs.Schedule listener) {
        schedule = listener;
    }

    @Override
    public Page<Environment> list(Scope scope, Query query) {
        scope.requireFor(Action.READ_ENVIRONMENT);
        var tenant = scope.tenant();
        var window = EnvironmentStore.Window.of(scope, query);
        return database.read(
                tenant,
                tx -> {
                    var found = stores.environments().window(tx, tenant, window);
                    var due = stores.grid().due(tx, tenant, ground.time(tenant));
                    var items =
                            Cursor.shown(found, query.limit()).stream()
                                    .map(placed -> environment(tx, tenant, placed.row(), due))
                                    .toList();
                    var next =
                            Cursor.next(
                                    found,
                                    query.limit(),
                                    last -> new Cursor(last.value(), last.row().id()));
                    return new Page<>(items, next, stores.environments().count(tx, tenant, window));
                });
    }

    @Override
    public Environment read(Permit permit, UUID id) {
        permit.requireFor(Action.READ_ENVIRONMENT, Environments.resource(id));
        return read(permit.tenant(), id);
    }

    @Override
    public Environment create(Permit permit, EnvironmentDraft draft) {
        permit.requireFor(Action.MANAGE_ENVIRONMENT, ANY);
        draft.requireValid();
        SourceSettings.requirePasswords(draft, Map.of());
        var tenant = permit.tenant();
        var now = ground.clock().instant();
        var row =
                new EnvironmentStore.Row(
                        ground.ids().next(),
                        draft.name().strip(),
                        draft.description().orElse(""),
                        now,
                        now,
                        1);
        var sources = settings.rows(tenant, row.id(), draft, Map.of(), now);
        database.write(
                tenant,
                tx -> {
                    if (!stores.environments().insert(tx, tenant, row)) {
                        throw EnvironmentDraft.taken(row.name());
                    }
                    sources.forEach(source -> stores.sources().insert(tx, tenant, source));
                    ground.ledger()
                            .append(
                                    tx,
                                    permit.principal(),
                                    new InfrastructureEvent.Created(
                                            row.id(),
                                            row.name(),
                                            sources.stream()
                                                    .map(source -> source.kind().name())
                                                    .toList(),
                                            draft.trustsAnybody()));
                    return true;
                });
        sources.forEach(source -> schedule.moved(tenant, source));
        return read(tenant, row.id());
    }

    @Override
    public Environment update(Permit permit, UUID id, EnvironmentDraft draft, long expected) {
        permit.requireFor(Action.MANAGE_ENVIRONMENT, Environments.resource(id));
        draft.requireValid();
        var tenant = permit.tenant();
        var before = database.read(tenant, tx -> stores.environment(tx, tenant, id));
        if (before.version() != expected) {
            throw stale(before, expected);
        }
        var old = database.read(tenant, tx -> configured(tx, tenant, id, draft));
        SourceSettings.requirePasswords(draft, old);
        var now = ground.clock().instant();
        var row =
                new EnvironmentStore.Row(
                        id,
                        draft.name().strip(),
                        draft.description().orElse(""),
                        before.created(),
                        now,
                        before.version() + 1);
        var sources = settings.rows(tenant, id, draft, old, now);
        var removed =
                old.values().stream()
                        .filter(source ->
                                source.configured() && !draft.sources().containsKey(source.kind()))
                        .toList();
        runs.retire(
                permit,
                id,
                removed,
                tx -> {
                    requireFree(tx, tenant, id, row.name());
                    if (!stores.environments().update(tx, tenant, row)) {
                        throw stale(before, expected);
                    }
                    for (var source : sources) {
                        if (old.containsKey(source.kind())) {
                            stores.sources().configure(tx, tenant, source);
                        } else {
                            stores.sources().insert(tx, tenant, source);
                        }
                    }
                    removed.forEach(
                            source -> stores.sources().configure(tx, tenant, source.unset()));
                    var changes = SourceSettings.changes(old, sources, draft);
                    ground.ledger()
                            .append(
                                    tx,
                                    permit.principal(),
                                    new InfrastructureEvent.Updated(
                                            id,
                                            row.name(),
                                            row.version(),
                                            SourceSettings.changes(before, row, changes),
                                            draft.trustsAnybody()));
                });
        replan(tenant, id);
        return read(tenant, id);
    }

    /// {@return the sources before a change, which may have its name}
    private Map<SourceKind, SourceRow> configured(
            Handle tx, TenantId tenant, UUID id, EnvironmentDraft draft) {
        requireFree(tx, tenant, id, draft.name().strip());
        return SourceSettings.byKind(stores.sources().of(tx, tenant, id));
    }

    private void requireFree(Handle tx, TenantId tenant, UUID id, String name) {
        stores.environments()
                .named(tx, tenant, name)
                .filter(other -> !other.id().equals(id))
                .ifPresent(other -> {
                    throw EnvironmentDraft.taken(other.name());
                });
    }

    void replan(TenantId tenant, UUID id) {
        database.read(tenant, tx -> stores.sources().of(tx, tenant, id))
                .forEach(source -> schedule.moved(tenant, source));
    }

    @Override
    public void delete(Permit permit, UUID id, String name) {
        permit.requireFor(Action.MANAGE_ENVIRONMENT, Environments.resource(id));
        var tenant = permit.tenant();
        var row = database.read(tenant, tx -> stores.environment(tx, tenant, id));
        if (!EnvironmentDraft.folded(row.name()).equals(EnvironmentDraft.folded(name))) {
            throw Refusal.of(
                    List.of(
                            FieldError.of(
                                    "?name",
                                    "mismatch",
                                    "type the name of the environment to delete it")));
        }
        var sources = database.read(tenant, tx -> stores.sources().of(tx, tenant, id));
        database.write(
                tenant,
                tx -> {
                    stores.sources()
                            .delete(tx, tenant, id); // a run that goes on finds its fence gone
                    stores.runs().delete(tx, tenant, id);
                    stores.environments().delete(tx, tenant, id);
                    int credentials = sources.stream().mapToInt(SourceRow::present).sum();
                    ground.ledger()
                            .append(
                                    tx,
                                    permit.principal(),
                                    new InfrastructureEvent.Deleted(id, row.name(), credentials));
                    return true;
                });
        sources.forEach(source -> schedule.moved(tenant, source.unset()));
        boolean more = true;
        while (more) { // nobody sees these rows any more: their sources are gone
            more = database.write(tenant, tx -> stores.credentials().delete(tx, tenant, id, CHUNK));
        }
    }

    @Override
    public TestResult test(Permit permit, Probe probe) {
        permit.requireFor(Action.MANAGE_ENVIRONMENT, ANY);
        var errors = new ArrayList<FieldError>();
        EnvironmentDraft.errors("", probe.login()).stream()
                .filter(error ->
                        !error.pointer().equals("/username")
                                && !error.pointer().equals("/trust/fingerprint"))
                .forEach(errors::add);
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
        var address = probe.login().address();
        var result =
                appliances.probe(
                        probe.kind(),
                        address,
                        Optional.of(probe.login().username()).filter(name -> !name.isBlank()),
                        probe.login().password());
        ground.ledger()
                .record(
                        permit.principal(),
                        new InfrastructureEvent.Tested(
                                new UUID(0, 0),
                                address.host() + ":" + address.port(),
                                result.status()));
        return result;
    }

    @Override
    public Map<SourceKind, TestResult> test(Permit permit, UUID id) {
        permit.requireFor(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        var tenant = permit.tenant();
        var sources = database.read(tenant, tx -> stores.sourcesOf(tx, tenant, id));
        var results = new EnumMap<SourceKind, TestResult>(SourceKind.class);
        for (var source : sources) {
            if (source.configured() && source.password().isPresent()) {
                try (var password = syncs.open(tenant, source)) {
                    var result =
                            appliances.probe(
                                    source.kind(),
                                    source.address(),
                                    Optional.of(source.username()),
                                    Optional.of(password));
                    results.put(source.kind(), result);
                    ground.ledger()
                            .record(
                                    permit.principal(),
                                    new InfrastructureEvent.Tested(
                                            id,
                                            source.host() + ":" + source.port(),
                                            result.status()));
                }
            }
        }
        return results;
    }

    @Override
    public Run sync(Permit permit, UUID id, Optional<SourceKind> only) {
        return runs.sync(permit, id, only);
    }

    @Override
    public Run await(Permit permit, UUID id, UUID run, Duration patience) {
        return runs.await(permit, id, run, patience);
    }

    @Override
    public Page<Run> runs(
            Permit permit,
            UUID id,
            Optional<Run.Status> status,
            Optional<String> cursor,
            int limit) {
        return runs.list(permit, id, status, cursor, limit);
    }

    @Override
    public Run run(Permit permit, UUID id, UUID run) {
        return runs.read(permit, id, run);
    }

    @Override
    public Progress.View progress(Permit permit, UUID id, UUID run, long seen, Duration patience) {
        return runs.progress(permit, id, run, seen, patience);
    }

    @Override
    public Run decide(Permit permit, UUID id, UUID run, boolean apply) {
        return runs.decide(permit, id, run, apply);
    }

    @Override
    public Run importBringUp(Permit permit, UUID id, byte[] file) {
        return runs.importBringUp(permit, id, file);
    }

    private Environment read(TenantId tenant, UUID id) {
        return database.read(
                tenant,
                tx ->
                        environment(
                                tx,
                                tenant,
                                stores.environment(tx, tenant, id),
                                stores.grid().due(tx, tenant, ground.time(tenant))));
    }

    private Environment environment(
            Handle tx, TenantId tenant, EnvironmentStore.Row row, Map<UUID, GridStore.Due> due) {
        var sources = stores.sources().of(tx, tenant, row.id());
        var ends = due.getOrDefault(row.id(), new GridStore.Due(0, 0));
        return new Environment(
                row.id(),
                row.name(),
                row.description(),
                row.created(),
                row.changed(),
                shown(sources, SourceKind.INSTALLER),
                shown(sources, SourceKind.SDDC_MANAGER),
                sources.stream()
                        .flatMap(source -> Kept.split(source.domains()).stream())
                        .distinct()
                        .sorted()
                        .toList(),
                sources.stream().mapToInt(SourceRow::present).sum(),
                ends.soon(),
                ends.expired(),
                sources.stream().mapToInt(SourceRow::drifted).sum(),
                row.version());
    }

    private static Optional<Environment.Source> shown(List<SourceRow> sources, SourceKind kind) {
        return sources.stream()
                .filter(source -> source.kind() == kind && source.configured())
                .map(SourceRow::shown)
                .findFirst();
    }

    private static Refusal stale(EnvironmentStore.Row row, long expected) {
        return Problem.VERSION_CONFLICT
                .because(
                        "%s is at version %d, not %d"
                                .formatted(row.name(), row.version(), expected))
                .with("version", row.version());
    }
}
