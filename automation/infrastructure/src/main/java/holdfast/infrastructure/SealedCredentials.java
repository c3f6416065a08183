package holdfast.infrastructure;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.access.Scope;
import holdfast.comparison.Kept;
import holdfast.estate.Credential;
import holdfast.estate.CredentialQuery;
import holdfast.kernel.Cursor;
import holdfast.kernel.Page;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The only [Credentials]: lists read indexes, values are opened one by one, after the event is durable.
final class SealedCredentials implements Credentials {
    private final Ground ground;
    private final Ground.Stores stores;
    private final Policy policy;
    private final Facets facets;
    private final CredentialExports exports;

    SealedCredentials(Ground ground, Ground.Stores stores, Policy policy) {
        this.ground = ground;
        this.stores = stores;
        this.policy = policy;
        this.facets = new Facets(stores.grid());
        this.exports = new CredentialExports(ground, stores, policy);
    }

    @Override
    public Page<Credential> list(
            Scope scope,
            Optional<UUID> environment,
            CredentialQuery query,
            CredentialQuery.Window window) {
        scope.requireFor(Action.READ_CREDENTIAL);
        return ground.database()
                .read(scope.tenant(), tx -> page(tx, scope, environment, query, window));
    }

    private Page<Credential> page(
            Handle tx,
            Scope scope,
            Optional<UUID> environment,
            CredentialQuery query,
            CredentialQuery.Window window) {
        var tenant = scope.tenant();
        var clock = ground.time(tenant);
        var sources =
                environment
                        .map(id -> sourcesOf(tx, scope, id))
                        .orElseGet(() -> stores.sources().all(tx, tenant));
        var view =
                environment
                        .map(id -> Conditions.View.of(id, sources))
                        .orElse(Conditions.View.TENANT)
                        .by(scope);
        var names =
                environment.isPresent()
                        ? Map.<UUID, String>of()
                        : stores.environments().names(tx, tenant);
        var lines = stores.grid().window(tx, tenant, view, query, window.andOne(), clock);
        var shown = new CredentialView(sources, clock);
        return new Page<>(
                Cursor.shown(lines, window.limit()).stream()
                        .map(line ->
                                shown.of(
                                        line.row(),
                                        line.environment(),
                                        Optional.ofNullable(names.get(line.environment()))))
                        .toList(),
                Cursor.next(
                        lines, window.limit(), last -> new Cursor(last.place(), last.row().id())),
                query.isEverything() && scope.everything()
                        ? sources.stream().mapToLong(SourceRow::present).sum()
                        : stores.grid().count(tx, tenant, view, query, clock));
    }

    @Override
    public Map<String, Map<String, Integer>> facets(Scope scope, Optional<UUID> environment) {
        scope.requireFor(Action.READ_CREDENTIAL);
        var tenant = scope.tenant();
        return ground.database()
                .read(
                        tenant,
                        tx -> {
                            var view =
                                    environment
                                            .map(id ->
                                                    Conditions.View.of(
                                                            id, sourcesOf(tx, scope, id)))
                                            .orElse(Conditions.View.TENANT)
                                            .by(scope);
                            return facets.of(tx, tenant, view, ground.time(tenant));
                        });
    }

    /// Who does not see all is not told either whether an environment is there.
    private List<SourceRow> sourcesOf(Handle tx, Scope scope, UUID environment) {
        return scope.everything()
                ? stores.sourcesOf(tx, scope.tenant(), environment)
                : stores.sources().of(tx, scope.tenant(), environment);
    }

    @Override
    public Credential read(Permit permit, UUID environment, UUID credential) {
        permit.requireFor(Action.READ_CREDENTIAL, Credentials.resource(environment, credential));
        var tenant = permit.tenant();
        return ground.database()
                .read(
                        tenant,
                        tx -> {
                            var sources = stores.sourcesOf(tx, tenant, environment);
                            var row = seen(tx, tenant, environment, sources, credential);
                            return new CredentialView(sources, ground.time(tenant))
                                    .of(row, environment, Optional.empty());
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
                            var sources = stores.sourcesOf(tx, tenant, environment);
                            int newest =
                                    seen(tx, tenant, environment, sources, credential).version();
                            return versions(
                                    stores.grid().history(tx, tenant, credential, newest), newest);
                        });
    }

    private static Page<Credential.Version> versions(List<GridStore.Sealed> values, int newest) {
        var versions = new ArrayList<Credential.Version>();
        Optional<Instant> replaced = Optional.empty();
        for (var value : values) {
            versions.add(
                    new Credential.Version(
                            value.version(),
                            value.seen(),
                            replaced,
                            value.changedAtSource(),
                            value.trigger(),
                            value.startedBy(),
                            value.run(),
                            value.version() == newest));
            replaced = Optional.of(value.seen());
        }
        return new Page<>(versions, Optional.empty(), versions.size());
    }

    /// A value as it is stored, and whose it is.
    private record Stored(Kept row, GridStore.Sealed value) {}

    @Override
    public Revealed reveal(
            Permit permit,
            UUID environment,
            UUID credential,
            Purpose purpose,
            Optional<Integer> version) {
        permit.requireFor(Action.REVEAL_CREDENTIAL, Credentials.resource(environment, credential));
        var tenant = permit.tenant();
        var found =
                ground.database()
                        .write(
                                tenant,
                                tx -> {
                                    policy.recheck(tx, permit);
                                    var stored = find(tx, tenant, environment, credential, version);
                                    ground.ledger()
                                            .append(
                                                    tx,
                                                    permit.principal(),
                                                    revealed(environment, stored, purpose));
                                    return stored;
                                });
        return new Revealed(
                credential,
                found.value().version(),
                found.row().account().username(),
                exports.open(tenant, found.value()),
                found.value().seen());
    }

    /// A later version than that of the row is staged: nobody sees it.
    private Stored find(
            Handle tx,
            TenantId tenant,
            UUID environment,
            UUID credential,
            Optional<Integer> version) {
        var sources = stores.sourcesOf(tx, tenant, environment);
        var row = seen(tx, tenant, environment, sources, credential);
        return Optional.of(version.orElse(row.version()))
                .filter(wanted -> wanted <= row.version())
                .flatMap(wanted -> stores.grid().value(tx, tenant, credential, wanted))
                .map(value -> new Stored(row, value))
                .orElseThrow(() -> Problem.NOT_FOUND.because("there is no value of this version"));
    }

    private static InfrastructureEvent revealed(UUID environment, Stored found, Purpose purpose) {
        var account = found.row().account();
        return new InfrastructureEvent.Revealed(
                environment,
                found.row().id(),
                found.value().version(),
                purpose.name().toLowerCase(Locale.ROOT),
                account.username() + " at " + account.resourceName());
    }

    @Override
    public Export export(Permit permit, UUID environment, CredentialQuery query, String format) {
        return exports.export(permit, environment, query, format);
    }

    @Override
    public Export breakGlass(Permit permit, UUID environment) {
        return exports.breakGlass(permit, environment);
    }

    private Kept seen(
            Handle tx,
            TenantId tenant,
            UUID environment,
            List<SourceRow> sources,
            UUID credential) {
        return stores.grid()
                .find(tx, tenant, Conditions.View.of(environment, sources), credential)
                .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such credential"));
    }
}
