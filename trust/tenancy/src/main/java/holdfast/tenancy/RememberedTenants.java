package holdfast.tenancy;

import static java.util.stream.Collectors.toUnmodifiableMap;

import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// The only [Tenants]: answers from a snapshot that every change replaces.
final class RememberedTenants implements Tenants {
    private final Database database;
    private final TenantStore store;
    private volatile Map<TenantId, Tenant> snapshot = Map.of();
    private volatile Map<TenantId, Settings> settings = Map.of();

    RememberedTenants(Database database, TenantStore store) {
        this.database = database;
        this.store = store;
    }

    /// One at a time: who comes later reads later, so no older state replaces a newer one.
    @Override
    public synchronized void refresh() {
        database.readPlatform(tx -> {
            snapshot =
                    store.all(tx).stream()
                            .collect(toUnmodifiableMap(Tenant::id, Function.identity()));
            settings = Map.copyOf(store.settings(tx));
            return settings;
        });
    }

    @Override
    public Settings settings(TenantId tenant) {
        return settings.getOrDefault(tenant, Settings.USUAL);
    }

    @Override
    public Settings change(Handle tx, TenantId tenant, Settings change) {
        var stored = store.settings(tx).getOrDefault(tenant, Settings.USUAL);
        if (stored.version() != change.version()) {
            throw Problem.VERSION_CONFLICT
                    .because("the settings are at version " + stored.version())
                    .with("version", stored.version());
        }
        var next = change.at(stored.version() + 1);
        store.put(tx, tenant, next);
        return next;
    }

    @Override
    public void requireActive(TenantId tenant) {
        var found = snapshot.get(tenant);
        if (found == null) {
            throw Problem.NOT_FOUND.because("there is no such tenant");
        }
        if (found.status() != Tenant.Status.ACTIVE) {
            throw Problem.NOT_PERMITTED.because("the tenant is not active");
        }
    }

    @Override
    public List<Tenant> all() {
        return snapshot.values().stream().sorted(Comparator.comparing(Tenant::name)).toList();
    }
}
