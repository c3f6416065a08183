package holdfast.tenancy;

import static java.util.stream.Collectors.toUnmodifiableMap;

import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The only [Tenants]: answers from a snapshot that every change replaces.
final class RememberedTenants implements Tenants {
    private final Database database;
    private final TenantStore store;
    private volatile Map<TenantId, Tenant> snapshot = Map.of();

    RememberedTenants(Database database, TenantStore store) {
        this.database = database;
        this.store = store;
    }

    /// Reads every tenant again.
    void refresh() {
        snapshot =
                database.readPlatform(store::all).stream()
                        .collect(toUnmodifiableMap(Tenant::id, Function.identity()));
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
