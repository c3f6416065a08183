package holdfast.infrastructure;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.estate.Credential;
import holdfast.estate.CredentialQuery;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.ledger.Event;
import holdfast.seal.Place;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Prepares files of credentials: first the event that names every value, then the rows, a few at a time.
final class CredentialExports {
    /// Format and filter of a break-glass set, as its event names them.
    private static final String BREAK_GLASS = "break-glass";

    private static final int OPENED_AT_ONCE = 500; // values in memory

    private final Ground ground;
    private final Ground.Stores stores;
    private final Policy policy;

    CredentialExports(Ground ground, Ground.Stores stores, Policy policy) {
        this.ground = ground;
        this.stores = stores;
        this.policy = policy;
    }

    /// What a file is about, as it was when it was asked for.
    private record Prepared(
            TenantId tenant,
            UUID environment,
            String name,
            GridStore.Clock clock,
            List<Map.Entry<UUID, Integer>> versions) {}

    /// Tells id and version of each row of a file, in its order.
    private interface Choice {
        List<Map.Entry<UUID, Integer>> versions(
                Handle tx, TenantId tenant, Conditions.View view, GridStore.Clock clock);
    }

    Credentials.Export export(
            Permit permit, UUID environment, CredentialQuery query, String format) {
        permit.requireFor(Action.EXPORT_CREDENTIAL, Environments.resource(environment));
        var prepared =
                prepare(
                        permit.tenant(),
                        environment,
                        (tx, tenant, view, clock) ->
                                stores.grid().versions(tx, tenant, view, query, clock));
        return recorded(permit, prepared, format, query.words());
    }

    Credentials.Export breakGlass(Permit permit, UUID environment) {
        permit.requireFor(Action.EXPORT_CREDENTIAL, Environments.resource(environment));
        var prepared =
                prepare(
                        permit.tenant(),
                        environment,
                        (tx, tenant, view, _) -> stores.grid().breakGlass(tx, tenant, view));
        if (prepared.versions().isEmpty()) {
            throw Problem.CONFLICT.because(
                    "no account of SDDC Manager or single sign-on is known here; sync first");
        }
        return recorded(permit, prepared, BREAK_GLASS, BREAK_GLASS);
    }

    private Credentials.Export recorded(
            Permit permit, Prepared prepared, String format, String filter) {
        var named = new TreeMap<String, Object>();
        prepared.versions()
                .forEach(entry -> named.put(entry.getKey().toString(), entry.getValue()));
        var event =
                Event.written(
                        new InfrastructureEvent.Exported(
                                prepared.environment(), format, filter, named));
        ground.database()
                .write(
                        permit.tenant(),
                        tx -> {
                            policy.recheck(tx, permit);
                            ground.ledger().append(tx, permit.principal(), event);
                            return true;
                        });
        return new SealedExport(prepared);
    }

    private Prepared prepare(TenantId tenant, UUID environment, Choice choice) {
        var clock = ground.time(tenant);
        return ground.database()
                .read(
                        tenant,
                        tx -> {
                            var row = stores.environment(tx, tenant, environment);
                            var view =
                                    Conditions.View.of(
                                            environment,
                                            stores.sources().of(tx, tenant, environment));
                            return new Prepared(
                                    tenant,
                                    environment,
                                    row.name(),
                                    clock,
                                    choice.versions(tx, tenant, view, clock));
                        });
    }

    SecretBytes open(TenantId tenant, GridStore.Sealed value) {
        return ground.seal().open(tenant, place(value), value.value());
    }

    private static Place place(GridStore.Sealed value) {
        return Publication.valuePlace(value.credential(), value.version());
    }

    /// A file of which every value is already named in the ledger.
    private final class SealedExport implements Credentials.Export {
        private final Prepared prepared;

        SealedExport(Prepared prepared) {
            this.prepared = prepared;
        }

        @Override
        public String environment() {
            return prepared.name();
        }

        @Override
        public Instant made() {
            return prepared.clock().now();
        }

        @Override
        public void forEach(Credentials.Rows rows) throws IOException {
            var versions = prepared.versions();
            for (int from = 0; from < versions.size(); from += OPENED_AT_ONCE) {
                int to = Math.min(from + OPENED_AT_ONCE, versions.size());
                lend(versions.subList(from, to), rows);
            }
        }

        /// Some rows and their values, still sealed.
        private record Part(
                Map<UUID, Credential> credentials, Map<UUID, GridStore.Sealed> values) {}

        private void lend(List<Map.Entry<UUID, Integer>> wanted, Credentials.Rows rows)
                throws IOException {
            var part = read(wanted);
            try (var sealing = ground.seal().sealing(prepared.tenant())) {
                for (var entry : wanted) {
                    var credential = part.credentials().get(entry.getKey());
                    if (credential == null) {
                        continue; // deleted meanwhile, with its environment
                    }
                    var value =
                            Optional.ofNullable(part.values().get(entry.getKey()))
                                    .map(sealed -> sealing.open(place(sealed), sealed.value()));
                    try {
                        rows.take(credential, value);
                    } finally {
                        value.ifPresent(SecretBytes::close);
                    }
                }
            }
        }

        private Part read(List<Map.Entry<UUID, Integer>> wanted) {
            var tenant = prepared.tenant();
            var environment = prepared.environment();
            var ids = wanted.stream().map(Map.Entry::getKey).toList();
            return ground.database()
                    .read(
                            tenant,
                            tx -> {
                                var sources = stores.sources().of(tx, tenant, environment);
                                var shown = new CredentialView(sources, prepared.clock());
                                var view = Conditions.View.of(environment, sources);
                                var credentials = new HashMap<UUID, Credential>();
                                stores.grid()
                                        .find(tx, tenant, view, ids)
                                        .forEach(row ->
                                                credentials.put(
                                                        row.id(),
                                                        shown.of(
                                                                row,
                                                                environment,
                                                                Optional.empty())));
                                var values = new HashMap<UUID, GridStore.Sealed>();
                                stores.grid()
                                        .values(tx, tenant, wanted)
                                        .forEach(value -> values.put(value.credential(), value));
                                return new Part(credentials, values);
                            });
        }
    }
}
