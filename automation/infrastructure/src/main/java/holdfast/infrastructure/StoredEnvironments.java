package holdfast.infrastructure;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Scope;
import holdfast.kernel.Bytes;
import holdfast.kernel.FieldError;
import holdfast.kernel.Ids;
import holdfast.kernel.Page;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import holdfast.vcf.Appliances;
import holdfast.vcf.BringUp;
import holdfast.vcf.Fetched;
import holdfast.vcf.SourceKind;
import holdfast.vcf.TestResult;
import holdfast.vcf.Trust;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The only [Environments]: configuration in rows, passwords sealed, syncs by [Syncs].
final class StoredEnvironments implements Environments {
    private static final int CHUNK = 300; // rows deleted in one write

    private final Database database;
    private final Stores stores;
    private final Syncs syncs;
    private final Publication publication;
    private final Appliances appliances;
    private final Seal seal;
    private final Ledger ledger;
    private final Settings settings;
    private final InstantSource clock;
    private final Ids ids;
    private final JsonMapper json = JsonMapper.builder().build();
    private volatile Syncs.Schedule schedule = (_, _) -> {};

    /// The SQL of this room.
    record Stores(
            EnvironmentStore environments,
            SourceStore sources,
            RunStore runs,
            CredentialStore credentials,
            GridStore grid) {}

    /// What syncs and tests.
    record Engines(Syncs syncs, Publication publication, Appliances appliances) {}

    /// What every room is given.
    record Ground(
            Database database,
            Seal seal,
            Ledger ledger,
            Settings settings,
            InstantSource clock,
            Ids ids) {}

    StoredEnvironments(Ground ground, Stores stores, Engines engines) {
        this.database = ground.database();
        this.seal = ground.seal();
        this.ledger = ground.ledger();
        this.settings = ground.settings();
        this.clock = ground.clock();
        this.ids = ground.ids();
        this.stores = stores;
        this.syncs = engines.syncs();
        this.publication = engines.publication();
        this.appliances = engines.appliances();
    }

    void onSchedule(Syncs.Schedule listener) {
        schedule = listener;
    }

    @Override
    public Page<Environment> list(Scope scope, Query query) {
        scope.requireFor(Action.READ_ENVIRONMENT);
        if (!scope.everything()) {
            return new Page<>(List.of(), Optional.empty(), 0);
        }
        var tenant = scope.tenant();
        boolean descending = query.sort().startsWith("-");
        var sort =
                switch (descending ? query.sort().substring(1) : query.sort()) {
                    case "created" -> EnvironmentStore.Sort.CREATED;
                    case "lastSync" -> EnvironmentStore.Sort.LAST_SYNC;
                    default -> EnvironmentStore.Sort.NAME;
                };
        var after =
                query.cursor()
                        .map(Cursor::read)
                        .map(cursor -> new EnvironmentStore.After(cursor.value(), cursor.id()));
        var window =
                new EnvironmentStore.Window(
                        query.text(), query.status(), sort, descending, after, query.limit() + 1);
        return database.read(
                tenant,
                tx -> {
                    var found = stores.environments().window(tx, tenant, window);
                    var shown =
                            found.size() > query.limit() ? found.subList(0, query.limit()) : found;
                    var due = stores.grid().due(tx, tenant, time(tenant));
                    var items =
                            shown.stream()
                                    .map(placed -> environment(tx, tenant, placed.row(), due))
                                    .toList();
                    var next =
                            found.size() > query.limit()
                                    ? Optional.of(
                                            new Cursor(
                                                            shown.getLast().value(),
                                                            shown.getLast().row().id())
                                                    .text())
                                    : Optional.<String>empty();
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
        requirePasswords(draft, Map.of());
        var tenant = permit.tenant();
        var now = clock.instant();
        var row =
                new EnvironmentStore.Row(
                        ids.next(),
                        draft.name().strip(),
                        draft.description().orElse(""),
                        now,
                        now,
                        1);
        var sources = rows(tenant, row.id(), draft, Map.of(), now);
        database.write(
                tenant,
                tx -> {
                    if (!stores.environments().insert(tx, tenant, row)) {
                        throw taken(row.name());
                    }
                    sources.forEach(source -> stores.sources().insert(tx, tenant, source));
                    ledger.append(
                            tx,
                            permit.principal(),
                            new InfrastructureEvent.Created(
                                    row.id(),
                                    row.name(),
                                    sources.stream().map(source -> source.kind().name()).toList(),
                                    draft.trustsAnybody()));
                    return true;
                });
        sources.forEach(source -> schedule.moved(tenant, source));
        return read(tenant, row.id());
    }

    @Override
    public Environment update(Permit permit, UUID id, EnvironmentDraft draft, int expected) {
        permit.requireFor(Action.MANAGE_ENVIRONMENT, Environments.resource(id));
        draft.requireValid();
        var tenant = permit.tenant();
        var before = database.read(tenant, tx -> existing(tx, tenant, id));
        if (before.version() != expected) {
            throw stale(before, expected);
        }
        var old = bySource(database.read(tenant, tx -> stores.sources().of(tx, tenant, id)));
        requirePasswords(draft, old);
        var now = clock.instant();
        var row =
                new EnvironmentStore.Row(
                        id,
                        draft.name().strip(),
                        draft.description().orElse(""),
                        before.created(),
                        now,
                        expected + 1);
        var sources = rows(tenant, id, draft, old, now);
        var removed =
                old.values().stream()
                        .filter(source ->
                                source.configured() && !draft.sources().containsKey(source.kind()))
                        .toList();
        database.write(
                tenant,
                tx -> {
                    stores.environments()
                            .named(tx, tenant, row.name())
                            .filter(other -> !other.id().equals(id))
                            .ifPresent(other -> {
                                throw taken(other.name());
                            });
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
                            source -> stores.sources().configure(tx, tenant, unconfigured(source)));
                    ledger.append(
                            tx,
                            permit.principal(),
                            new InfrastructureEvent.Updated(
                                    id,
                                    row.name(),
                                    row.version(),
                                    changes(before, row, old, sources, draft),
                                    draft.trustsAnybody()));
                    return true;
                });
        removed.forEach(source -> retire(permit, source));
        replan(tenant, id);
        return read(tenant, id);
    }

    void replan(TenantId tenant, UUID id) {
        database.read(tenant, tx -> stores.sources().of(tx, tenant, id))
                .forEach(source -> schedule.moved(tenant, source));
    }

    @Override
    public void delete(Permit permit, UUID id, String name) {
        permit.requireFor(Action.MANAGE_ENVIRONMENT, Environments.resource(id));
        var tenant = permit.tenant();
        var row = database.read(tenant, tx -> existing(tx, tenant, id));
        if (!Kept.fold(row.name()).equals(Kept.fold(name))) {
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
                    ledger.append(
                            tx,
                            permit.principal(),
                            new InfrastructureEvent.Deleted(id, row.name(), credentials));
                    return true;
                });
        sources.forEach(source -> schedule.moved(tenant, unconfigured(source)));
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
        ledger.record(
                permit.principal(),
                new InfrastructureEvent.Tested(
                        new UUID(0, 0), address.host() + ":" + address.port(), result.status()));
        return result;
    }

    @Override
    public Map<SourceKind, TestResult> test(Permit permit, UUID id) {
        permit.requireFor(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        var tenant = permit.tenant();
        var sources =
                database.read(
                        tenant,
                        tx -> {
                            existing(tx, tenant, id);
                            return stores.sources().of(tx, tenant, id);
                        });
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
                    ledger.record(
                            permit.principal(),
                            new InfrastructureEvent.Tested(
                                    id, source.host() + ":" + source.port(), result.status()));
                }
            }
        }
        return results;
    }

    @Override
    public Run sync(Permit permit, UUID id, Optional<SourceKind> only) {
        permit.requireFor(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        var tenant = permit.tenant();
        var sources =
                database.read(
                        tenant,
                        tx -> {
                            existing(tx, tenant, id);
                            return stores.sources().of(tx, tenant, id);
                        });
        var kinds =
                sources.stream()
                        .filter(source ->
                                source.configured()
                                        && only.filter(kind -> kind != source.kind()).isEmpty())
                        .map(SourceRow::kind)
                        .toList();
        if (kinds.isEmpty()) {
            throw Problem.CONFLICT.because("this environment has no such source; add one first");
        }
        return syncs.start(new Syncs.Start(permit.principal(), id, kinds, Run.Trigger.MANUAL));
    }

    @Override
    public Run await(Permit permit, UUID id, UUID run, Duration patience) {
        permit.requireFor(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        syncs.await(run, patience);
        return syncs.find(permit.tenant(), id, run);
    }

    @Override
    public Page<Run> runs(
            Permit permit,
            UUID id,
            Optional<Run.Status> status,
            Optional<String> cursor,
            int limit) {
        permit.requireFor(Action.READ_ENVIRONMENT, Environments.resource(id));
        var tenant = permit.tenant();
        var after =
                cursor.map(Cursor::read)
                        .map(place -> new RunStore.After(place.instant(), place.id()));
        return database.read(
                tenant,
                tx -> {
                    existing(tx, tenant, id);
                    var found = stores.runs().window(tx, tenant, id, status, after, limit + 1);
                    var shown = found.size() > limit ? found.subList(0, limit) : found;
                    var next =
                            found.size() > limit
                                    ? Optional.of(
                                            Cursor.of(
                                                            shown.getLast().started(),
                                                            shown.getLast().id())
                                                    .text())
                                    : Optional.<String>empty();
                    return new Page<>(shown, next, stores.runs().count(tx, tenant, id, status));
                });
    }

    @Override
    public Run run(Permit permit, UUID id, UUID run) {
        permit.requireFor(Action.READ_ENVIRONMENT, Environments.resource(id));
        return syncs.find(permit.tenant(), id, run);
    }

    @Override
    public Run decide(Permit permit, UUID id, UUID run, boolean apply) {
        permit.requireFor(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        return decide(permit, syncs.find(permit.tenant(), id, run), apply);
    }

    @Override
    public Run importBringUp(Permit permit, UUID id, byte[] file) {
        permit.requireFor(Action.MANAGE_ENVIRONMENT, Environments.resource(id));
        var tenant = permit.tenant();
        var read = bringUp(file);
        database.write(
                tenant,
                tx -> {
                    existing(tx, tenant, id);
                    if (stores.sources().find(tx, tenant, id, SourceKind.INSTALLER).isEmpty()) {
                        stores.sources().insert(tx, tenant, fileOnly(id));
                    }
                    return true;
                });
        try (read) {
            return syncs.bring(
                    new Syncs.Start(
                            permit.principal(),
                            id,
                            List.of(SourceKind.INSTALLER),
                            Run.Trigger.FILE),
                    () -> read);
        }
    }

    private Fetched bringUp(byte[] file) {
        try {
            var spec = json.readTree(file);
            if (!spec.isObject()) {
                throw Problem.MALFORMED.because("a bring-up file is a JSON object");
            }
            var read = BringUp.read(spec, "bring-up");
            if (read.rows().isEmpty()) {
                throw Problem.MALFORMED.because(
                        "the file holds no password that is known or looks like one");
            }
            return read;
        } catch (JacksonException e) {
            throw Problem.MALFORMED.because("the file is not JSON");
        }
    }

    private Run decide(Permit permit, Run run, boolean apply) {
        var tenant = permit.tenant();
        var holding =
                database
                        .read(tenant, tx -> stores.sources().of(tx, tenant, run.environmentId()))
                        .stream()
                        .filter(source -> source.heldRun().equals(Optional.of(run.id())))
                        .toList();
        if (holding.isEmpty()) {
            throw Problem.CONFLICT.because("this run does not wait for anybody");
        }
        var start =
                new Syncs.Start(
                        permit.principal(),
                        run.environmentId(),
                        holding.stream().map(SourceRow::kind).toList(),
                        run.trigger());
        return publication.decide(start, run, holding, apply);
    }

    /// Ends what a removed source brought: as if the source had told that nothing is left, and a person had confirmed it.
    private void retire(Permit permit, SourceRow source) {
        if (source.present() == 0) {
            return;
        }
        var start =
                new Syncs.Start(
                        permit.principal(),
                        source.environment(),
                        List.of(source.kind()),
                        Run.Trigger.MANUAL);
        var run =
                syncs.bring(start, () -> new Fetched(List.of(), List.of(), true, Optional.empty()));
        if (run.status() == Run.Status.HELD) {
            decide(permit, run, true);
        }
    }

    private Environment read(TenantId tenant, UUID id) {
        return database.read(
                tenant,
                tx ->
                        environment(
                                tx,
                                tenant,
                                existing(tx, tenant, id),
                                stores.grid().due(tx, tenant, time(tenant))));
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

    private EnvironmentStore.Row existing(Handle tx, TenantId tenant, UUID id) {
        return stores.environments()
                .find(tx, tenant, id)
                .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such environment"));
    }

    private GridStore.Clock time(TenantId tenant) {
        return new GridStore.Clock(clock.instant(), settings.dueSoonDays(tenant));
    }

    List<SourceRow> rows(
            TenantId tenant,
            UUID environment,
            EnvironmentDraft draft,
            Map<SourceKind, SourceRow> old,
            Instant now) {
        return draft.sources().entrySet().stream()
                .map(entry ->
                        row(
                                tenant,
                                environment,
                                entry.getKey(),
                                entry.getValue(),
                                Optional.ofNullable(old.get(entry.getKey())),
                                now))
                .toList();
    }

    private SourceRow row(
            TenantId tenant,
            UUID environment,
            SourceKind kind,
            EnvironmentDraft.Source draft,
            Optional<SourceRow> old,
            Instant now) {
        var id = old.map(SourceRow::id).orElseGet(ids::next);
        int version =
                old.map(SourceRow::passwordVersion).orElse(0)
                        + (draft.password().isPresent() ? 1 : 0);
        Optional<Bytes> sealed =
                draft.password()
                        .map(password ->
                                seal.seal(tenant, Syncs.passwordPlace(id, version), password))
                        .or(() ->
                                old.filter(before -> goesTo(before, draft))
                                        .flatMap(SourceRow::password));
        int minutes = draft.minutes(kind);
        var status = old.map(SourceRow::status).orElse(SourceStatus.NEVER);
        return new SourceRow(
                environment,
                kind,
                id,
                true,
                draft.host(),
                draft.port().orElse(443),
                draft.username(),
                sealed,
                version,
                draft.trust().orElse(Trust.SYSTEM),
                minutes,
                false, // saving it says that it is right again
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                minutes == 0 || sealed.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                later(
                                        now,
                                        old.flatMap(SourceRow::lastRun)
                                                .orElse(now)
                                                .plusSeconds(minutes * 60L))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                0,
                "");
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private SourceRow fileOnly(UUID environment) {
        return new SourceRow(
                environment,
                SourceKind.INSTALLER,
                ids.next(),
                false,
                "",
                443,
                "",
                Optional.empty(),
                0,
                Trust.SYSTEM,
                0,
                false,
                SourceStatus.NEVER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                0,
                "");
    }

    private static SourceRow unconfigured(SourceRow source) {
        return new SourceRow(
                source.environment(),
                source.kind(),
                source.id(),
                false,
                "",
                443,
                "",
                Optional.empty(),
                source.passwordVersion(),
                Trust.SYSTEM,
                0,
                false,
                SourceStatus.NEVER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                source.fence(),
                source.generation(),
                source.present(),
                source.drifted(),
                source.domains());
    }

    private static boolean goesTo(SourceRow before, EnvironmentDraft.Source source) {
        return before.host().equalsIgnoreCase(source.host())
                && before.port() == source.port().orElse(443)
                && before.username().equals(source.username());
    }

    /// A stored password goes nowhere but where it was meant to go.
    private static void requirePasswords(EnvironmentDraft draft, Map<SourceKind, SourceRow> old) {
        var errors = new ArrayList<FieldError>();
        draft.sources()
                .forEach((kind, source) -> {
                    var before = old.get(kind);
                    boolean known = before != null && before.configured() && goesTo(before, source);
                    if (source.password().isEmpty() && !known) {
                        errors.add(
                                FieldError.of(
                                        "/" + kind.member() + "/password",
                                        "password-required",
                                        "is needed for a new source, and when host, port or user"
                                            + " name change"));
                    }
                });
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
    }

    static Map<SourceKind, SourceRow> bySource(List<SourceRow> rows) {
        var map = new HashMap<SourceKind, SourceRow>();
        rows.forEach(row -> map.put(row.kind(), row));
        return map;
    }

    private static List<String> changes(
            EnvironmentStore.Row before,
            EnvironmentStore.Row after,
            Map<SourceKind, SourceRow> old,
            List<SourceRow> now,
            EnvironmentDraft draft) {
        var changes = new ArrayList<String>();
        if (!before.name().equals(after.name())) {
            changes.add("name");
        }
        if (!before.description().equals(after.description())) {
            changes.add("description");
        }
        for (var kind : SourceKind.values()) {
            var was = Optional.ofNullable(old.get(kind)).filter(SourceRow::configured);
            var is = now.stream().filter(row -> row.kind() == kind).findFirst();
            if (was.isPresent() != is.isPresent()) {
                changes.add(kind.member());
            } else if (was.isPresent()) {
                difference(changes, kind, was.get(), is.orElseThrow());
                Optional.ofNullable(draft.sources().get(kind))
                        .flatMap(EnvironmentDraft.Source::password)
                        .ifPresent(_ -> changes.add(kind.member() + ".password"));
            }
        }
        return changes;
    }

    private static void difference(
            List<String> changes, SourceKind kind, SourceRow was, SourceRow is) {
        if (!was.host().equals(is.host()) || was.port() != is.port()) {
            changes.add(kind.member() + ".host");
        }
        if (!was.username().equals(is.username())) {
            changes.add(kind.member() + ".username");
        }
        if (!was.trust().equals(is.trust())) {
            changes.add(kind.member() + ".trust");
        }
        if (was.scheduleMinutes() != is.scheduleMinutes()) {
            changes.add(kind.member() + ".scheduleMinutes");
        }
    }

    private static Refusal taken(String name) {
        return Refusal.of(
                List.of(
                        new FieldError(
                                "/name",
                                "taken",
                                "another environment has this name",
                                Map.of("name", name))));
    }

    private static Refusal stale(EnvironmentStore.Row row, int expected) {
        return Problem.VERSION_CONFLICT
                .because(
                        "%s is at version %d, not %d"
                                .formatted(row.name(), row.version(), expected))
                .with("version", row.version());
    }
}
