package holdfast.infrastructure;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.access.Scope;
import holdfast.kernel.Page;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.vcf.Found;
import holdfast.vcf.SourceKind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The only [Credentials]: lists read indexes, values are opened one by one, after the event is durable.
final class SealedCredentials implements Credentials {
    private static final int OPENED_AT_ONCE = 500; // values of an export in memory

    private final StoredEnvironments.Ground ground;
    private final StoredEnvironments.Stores stores;
    private final Policy policy;

    SealedCredentials(
            StoredEnvironments.Ground ground, StoredEnvironments.Stores stores, Policy policy) {
        this.ground = ground;
        this.stores = stores;
        this.policy = policy;
    }

    @Override
    public Page<Credential> list(
            Scope scope,
            Optional<UUID> environment,
            CredentialQuery query,
            CredentialQuery.Window window) {
        scope.requireFor(Action.READ_CREDENTIAL);
        if (!scope.everything()) {
            return new Page<>(List.of(), Optional.empty(), 0);
        }
        var tenant = scope.tenant();
        var clock = time(tenant);
        var more = new CredentialQuery.Window(window.offset(), window.after(), window.limit() + 1);
        return ground.database()
                .read(
                        tenant,
                        tx -> {
                            var sources =
                                    environment
                                            .map(id -> sources(tx, tenant, id))
                                            .orElseGet(() -> stores.sources().all(tx, tenant));
                            var view =
                                    environment
                                            .map(id -> GridStore.View.of(id, sources))
                                            .orElse(GridStore.View.TENANT);
                            var names =
                                    environment.isPresent()
                                            ? Map.<UUID, String>of()
                                            : stores.environments().names(tx, tenant);
                            var lines = stores.grid().window(tx, tenant, view, query, more, clock);
                            var shown =
                                    lines.size() > window.limit()
                                            ? lines.subList(0, window.limit())
                                            : lines;
                            var next =
                                    lines.size() > window.limit()
                                            ? Optional.of(
                                                    new Cursor(
                                                                    shown.getLast().place(),
                                                                    shown.getLast().row().id())
                                                            .text())
                                            : Optional.<String>empty();
                            long total =
                                    query.isEverything()
                                            ? sources.stream().mapToLong(SourceRow::present).sum()
                                            : stores.grid().count(tx, tenant, view, query, clock);
                            var read = lastRead(sources);
                            var items =
                                    shown.stream()
                                            .map(line ->
                                                    credential(
                                                            line.row(),
                                                            line.environment(),
                                                            Optional.ofNullable(
                                                                    names.get(line.environment())),
                                                            read,
                                                            clock))
                                            .toList();
                            return new Page<>(items, next, total);
                        });
    }

    @Override
    public Map<String, Map<String, Integer>> facets(Scope scope, UUID environment) {
        scope.requireFor(Action.READ_CREDENTIAL);
        var tenant = scope.tenant();
        return ground.database()
                .read(
                        tenant,
                        tx -> {
                            var view =
                                    GridStore.View.of(
                                            environment, sources(tx, tenant, environment));
                            var facets = new LinkedHashMap<String, Map<String, Integer>>();
                            facets.put(
                                    "resourceType",
                                    stores.grid()
                                            .facet(
                                                    tx,
                                                    tenant,
                                                    view,
                                                    GridStore.Facet.RESOURCE_TYPE));
                            facets.put(
                                    "credentialType",
                                    stores.grid()
                                            .facet(
                                                    tx,
                                                    tenant,
                                                    view,
                                                    GridStore.Facet.CREDENTIAL_TYPE));
                            facets.put(
                                    "accountType",
                                    stores.grid()
                                            .facet(tx, tenant, view, GridStore.Facet.ACCOUNT_TYPE));
                            facets.put(
                                    "domain",
                                    domains(
                                            stores.grid()
                                                    .facet(
                                                            tx,
                                                            tenant,
                                                            view,
                                                            GridStore.Facet.DOMAINS)));
                            facets.put(
                                    "source",
                                    stores.grid().facet(tx, tenant, view, GridStore.Facet.SOURCE));
                            facets.put(
                                    "state",
                                    stores.grid().facet(tx, tenant, view, GridStore.Facet.STATE));
                            facets.put(
                                    "drift",
                                    findings(
                                            stores.grid()
                                                    .facet(
                                                            tx,
                                                            tenant,
                                                            view,
                                                            GridStore.Facet.DRIFT)));
                            facets.put("expiry", ends(tx, tenant, view));
                            return facets;
                        });
    }

    @Override
    public Credential read(Permit permit, UUID environment, UUID credential) {
        permit.requireFor(Action.READ_CREDENTIAL, Credentials.resource(environment, credential));
        var tenant = permit.tenant();
        return ground.database()
                .read(
                        tenant,
                        tx -> {
                            var sources = sources(tx, tenant, environment);
                            var row = seen(tx, tenant, environment, sources, credential);
                            return credential(
                                    row,
                                    environment,
                                    Optional.empty(),
                                    lastRead(sources),
                                    time(tenant));
                        });
    }

    @Override
    public Page<Credential.Version> history(Permit permit, UUID environment, UUID credential) {
        permit.requireFor(Action.READ_CREDENTIAL, Credentials.resource(environment, credential));
        var tenant = permit.tenant();
        return ground.database()
                .read(
                        tenant,
                        tx -> {
                            var row =
                                    seen(
                                            tx,
                                            tenant,
                                            environment,
                                            sources(tx, tenant, environment),
                                            credential);
                            var versions = new ArrayList<Credential.Version>();
                            Optional<Instant> replaced = Optional.empty();
                            for (var value :
                                    stores.grid().history(tx, tenant, credential, row.version())) {
                                versions.add(
                                        new Credential.Version(
                                                value.version(),
                                                value.seen(),
                                                replaced,
                                                value.changedAtSource(),
                                                value.trigger(),
                                                value.startedBy(),
                                                value.run(),
                                                value.version() == row.version()));
                                replaced = Optional.of(value.seen());
                            }
                            return new Page<>(versions, Optional.empty(), versions.size());
                        });
    }

    @Override
    public Revealed reveal(
            Permit permit,
            UUID environment,
            UUID credential,
            Purpose purpose,
            Optional<Integer> version) {
        permit.requireFor(Action.REVEAL_CREDENTIAL, Credentials.resource(environment, credential));
        var tenant = permit.tenant();
        record Found(Kept row, GridStore.Sealed value) {}
        var found =
                ground.database()
                        .write(
                                tenant,
                                tx -> {
                                    policy.recheck(tx, permit);
                                    var row =
                                            seen(
                                                    tx,
                                                    tenant,
                                                    environment,
                                                    sources(tx, tenant, environment),
                                                    credential);
                                    var value =
                                            Optional.of(version.orElse(row.version()))
                                                    .filter(wanted ->
                                                            wanted <= row.version()) // later
                                                    // ones are
                                                    // staged
                                                    .flatMap(wanted ->
                                                            stores.grid()
                                                                    .value(
                                                                            tx,
                                                                            tenant,
                                                                            credential,
                                                                            wanted))
                                                    .orElseThrow(() ->
                                                            Problem.NOT_FOUND.because(
                                                                    "there is no value of this"
                                                                        + " version"));
                                    ground.ledger()
                                            .append(
                                                    tx,
                                                    permit.principal(),
                                                    new InfrastructureEvent.Revealed(
                                                            environment,
                                                            credential,
                                                            value.version(),
                                                            purpose.name().toLowerCase(Locale.ROOT),
                                                            row.account().username()
                                                                    + " at "
                                                                    + row.account()
                                                                            .resourceName()));
                                    return new Found(row, value);
                                });
        return new Revealed(
                credential,
                found.value().version(),
                found.row().account().username(),
                open(tenant, found.value()),
                found.value().seen());
    }

    @Override
    public Export export(Permit permit, UUID environment, CredentialQuery query, String format) {
        permit.requireFor(Action.EXPORT_CREDENTIAL, Environments.resource(environment));
        var tenant = permit.tenant();
        var clock = time(tenant);
        record Prepared(String name, List<Map.Entry<UUID, Integer>> versions) {}
        var prepared =
                ground.database()
                        .read(
                                tenant,
                                tx -> {
                                    var name =
                                            stores.environments()
                                                    .find(tx, tenant, environment)
                                                    .orElseThrow(() ->
                                                            Problem.NOT_FOUND.because(
                                                                    "there is no such environment"))
                                                    .name();
                                    var view =
                                            GridStore.View.of(
                                                    environment, sources(tx, tenant, environment));
                                    return new Prepared(
                                            name,
                                            stores.grid().versions(tx, tenant, view, query, clock));
                                });
        var named = new HashMap<UUID, Integer>();
        prepared.versions().forEach(entry -> named.put(entry.getKey(), entry.getValue()));
        ground.database()
                .write(
                        tenant,
                        tx -> {
                            policy.recheck(tx, permit);
                            ground.ledger()
                                    .append(
                                            tx,
                                            permit.principal(),
                                            new InfrastructureEvent.Exported(
                                                    environment, format, words(query), named));
                            return true;
                        });
        return new SealedExport(tenant, environment, prepared.name(), clock, prepared.versions());
    }

    /// A file of which every value is already named in the ledger.
    private final class SealedExport implements Export {
        private final TenantId tenant;
        private final UUID id;
        private final String name;
        private final GridStore.Clock clock;
        private final List<Map.Entry<UUID, Integer>> versions;

        SealedExport(
                TenantId tenant,
                UUID id,
                String name,
                GridStore.Clock clock,
                List<Map.Entry<UUID, Integer>> versions) {
            this.tenant = tenant;
            this.id = id;
            this.name = name;
            this.clock = clock;
            this.versions = versions;
        }

        @Override
        public String environment() {
            return name;
        }

        @Override
        public Instant made() {
            return clock.now();
        }

        @Override
        public void forEach(Credentials.Rows rows) throws IOException {
            for (int from = 0; from < versions.size(); from += OPENED_AT_ONCE) {
                lend(
                        versions.subList(from, Math.min(from + OPENED_AT_ONCE, versions.size())),
                        rows);
            }
        }

        private void lend(List<Map.Entry<UUID, Integer>> part, Credentials.Rows rows)
                throws IOException {
            record Read(Map<UUID, Credential> credentials, Map<UUID, GridStore.Sealed> values) {}
            var read =
                    ground.database()
                            .read(
                                    tenant,
                                    tx -> {
                                        var sources = sources(tx, tenant, id);
                                        var seen = lastRead(sources);
                                        var found = new HashMap<UUID, Credential>();
                                        stores.grid()
                                                .find(
                                                        tx,
                                                        tenant,
                                                        GridStore.View.of(id, sources),
                                                        part.stream()
                                                                .map(Map.Entry::getKey)
                                                                .toList())
                                                .forEach(row ->
                                                        found.put(
                                                                row.id(),
                                                                credential(
                                                                        row,
                                                                        id,
                                                                        Optional.empty(),
                                                                        seen,
                                                                        clock)));
                                        var values = new HashMap<UUID, GridStore.Sealed>();
                                        stores.grid()
                                                .values(tx, tenant, part)
                                                .forEach(value ->
                                                        values.put(value.credential(), value));
                                        return new Read(found, values);
                                    });
            for (var entry : part) {
                var credential = read.credentials().get(entry.getKey());
                if (credential == null) {
                    continue; // deleted meanwhile, with its environment
                }
                var value =
                        Optional.ofNullable(read.values().get(entry.getKey()))
                                .map(sealed -> open(tenant, sealed));
                try {
                    rows.take(credential, value);
                } finally {
                    value.ifPresent(SecretBytes::close);
                }
            }
        }
    }

    private SecretBytes open(TenantId tenant, GridStore.Sealed value) {
        return ground.seal()
                .open(
                        tenant,
                        Publication.valuePlace(value.credential(), value.version()),
                        value.value());
    }

    private List<SourceRow> sources(Handle tx, TenantId tenant, UUID environment) {
        if (stores.environments().find(tx, tenant, environment).isEmpty()) {
            throw Problem.NOT_FOUND.because("there is no such environment");
        }
        return stores.sources().of(tx, tenant, environment);
    }

    private Kept seen(
            Handle tx,
            TenantId tenant,
            UUID environment,
            List<SourceRow> sources,
            UUID credential) {
        return stores.grid()
                .find(tx, tenant, GridStore.View.of(environment, sources), credential)
                .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such credential"));
    }

    private GridStore.Clock time(TenantId tenant) {
        return new GridStore.Clock(ground.clock().instant(), ground.settings().dueSoonDays(tenant));
    }

    /// When a source was last read, by environment and kind.
    private static Map<UUID, Map<SourceKind, Instant>> lastRead(List<SourceRow> sources) {
        var read = new HashMap<UUID, Map<SourceKind, Instant>>();
        for (var source : sources) {
            source.lastSuccess()
                    .ifPresent(at ->
                            read.computeIfAbsent(
                                            source.environment(),
                                            _ -> new EnumMap<>(SourceKind.class))
                                    .put(source.kind(), at));
        }
        return read;
    }

    private static Credential credential(
            Kept row,
            UUID environment,
            Optional<String> name,
            Map<UUID, Map<SourceKind, Instant>> read,
            GridStore.Clock clock) {
        var last =
                read.getOrDefault(environment, Map.of())
                        .getOrDefault(row.source(), row.firstSeen());
        return new Credential(
                row.id(),
                environment,
                name,
                row.source(),
                row.account().resourceType(),
                row.account().resourceName(),
                Optional.of(row.resourceIp()).filter(address -> !address.isEmpty()),
                row.account().username(),
                row.account().credentialType(),
                row.accountType(),
                Kept.split(row.domains()),
                row.state(),
                row.version() > 0,
                row.version(),
                List.copyOf(Drift.of(row.drift())),
                row.counterpart(),
                row.expiryState(clock.now(), clock.dueSoonDays()),
                row.end(),
                row.expiryChecked(),
                Optional.of(row.connectivity()).filter(text -> !text.isEmpty()),
                row.rotateDays(),
                row.nextRotation(),
                row.changedAtSource(),
                row.changed(),
                row.firstSeen(),
                row.isPresent() ? last : row.lastSeen().orElse(row.firstSeen()),
                last,
                row.goneSince());
    }

    private static Map<String, Integer> domains(Map<String, Integer> joined) {
        var counts = new TreeMap<String, Integer>();
        joined.forEach((names, count) ->
                Kept.split(names).forEach(name -> counts.merge(name, count, Integer::sum)));
        return counts;
    }

    private static Map<String, Integer> findings(Map<String, Integer> bits) {
        var counts = new TreeMap<String, Integer>();
        bits.forEach((text, count) ->
                Drift.of(Integer.parseInt(text))
                        .forEach(finding -> counts.merge(finding.name(), count, Integer::sum)));
        return counts;
    }

    private Map<String, Integer> ends(Handle tx, TenantId tenant, GridStore.View view) {
        var counts = new TreeMap<String, Integer>();
        for (var state : Credential.ExpiryState.values()) {
            var all = CredentialQuery.ALL;
            var query =
                    new CredentialQuery(
                            all.text(),
                            all.resourceTypes(),
                            all.credentialTypes(),
                            all.accountTypes(),
                            all.domains(),
                            all.sources(),
                            all.states(),
                            all.drift(),
                            java.util.Set.of(state),
                            all.sort(),
                            false);
            int count = (int) stores.grid().count(tx, tenant, view, query, time(tenant));
            if (count > 0) {
                counts.put(state.name(), count);
            }
        }
        return counts;
    }

    /// {@return the filter for the ledger}
    private static String words(CredentialQuery query) {
        if (query.isEverything()) {
            return "all";
        }
        var words = new TreeMap<String, String>();
        query.text().ifPresent(text -> words.put("q", text));
        words.put("resourceType", String.join(",", query.resourceTypes()));
        words.put("credentialType", String.join(",", query.credentialTypes()));
        words.put("accountType", String.join(",", query.accountTypes()));
        words.put("domain", String.join(",", query.domains()));
        words.put("source", query.sources().toString());
        words.put("state", query.states().toString());
        words.put("drift", query.drift().toString());
        words.put("expiry", query.expiry().toString());
        words.values().removeIf(value -> value.isEmpty() || value.equals("[]"));
        return words.toString();
    }
}
