package holdfast.tenancy;

import static java.util.stream.Collectors.toUnmodifiableMap;

import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// The only [Tenants]: answers from a snapshot that every change replaces.
final class RememberedTenants implements Tenants {
    private final Database database;
    private final TenantStore store;
    private volatile Map<TenantId, Tenant> snapshot = Map.of();
    private final QuotaStore quotas;
    private volatile List<Tenant> byName = List.of();
    private volatile Map<String, Tenant> called = Map.of(); // by name, and by id as text
    private volatile Map<TenantId, Settings> settings = Map.of();
    private volatile Map<TenantId, OptionalLong> calls = Map.of();

    RememberedTenants(Database database, TenantStore store, QuotaStore quotas) {
        this.database = database;
        this.store = store;
        this.quotas = quotas;
    }

    /// One at a time: who comes later reads later, so no older state replaces a newer one.
    @Override
    public synchronized void refresh() {
        database.readPlatform(tx -> {
            byName = List.copyOf(store.all(tx));
            snapshot = byName.stream().collect(toUnmodifiableMap(Tenant::id, Function.identity()));
            called = called(byName);
            settings = Map.copyOf(store.settings(tx));
            calls = quotas.overridden(tx, Quota.API_CALLS);
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
        var found = find(tenant);
        if (found.isEmpty()) {
            throw Problem.NOT_FOUND.because("there is no such tenant");
        }
        if (found.get().status() != Tenant.Status.ACTIVE) {
            throw Problem.NOT_PERMITTED.because("the tenant is not active");
        }
    }

    @Override
    public List<Tenant> all() {
        return byName;
    }

    @Override
    public Optional<Tenant> find(TenantId tenant) {
        return database.engine() == Database.Engine.SQLITE
                ? Optional.ofNullable(snapshot.get(tenant))
                : database.read(tenant, tx -> store.find(tx, tenant));
    }

    @Override
    public Optional<Tenant> find(Handle tx, TenantId tenant) {
        return store.find(tx, tenant);
    }

    @Override
    public Optional<Tenant> named(String nameOrId) {
        var known = Optional.ofNullable(called.get(nameOrId));
        if (known.isPresent() || database.engine() == Database.Engine.SQLITE) {
            return known;
        }
        refresh(); // another node may have made it
        return Optional.ofNullable(called.get(nameOrId));
    }

    private static Map<String, Tenant> called(List<Tenant> all) {
        var called = new HashMap<String, Tenant>();
        all.forEach(one -> called.put(one.name(), one));
        all.forEach(one -> called.put(one.id().toString(), one)); // no name stands for another's id
        return Map.copyOf(called);
    }

    @Override
    public void add(Handle tx, Tenant tenant) {
        if (!store.add(tx, tenant)) {
            throw Problem.CONFLICT.because("there is a tenant of this name");
        }
    }

    @Override
    public void replace(Handle tx, Tenant next) {
        if (!store.replace(tx, next)) {
            throw Problem.VERSION_CONFLICT.because("somebody changed the tenant in the meantime");
        }
        for (var use : quotas.all(tx, next.id())) {
            if (!use.overridden()) {
                quotas.limit(tx, next.id(), use.quota(), next.tier().most(use.quota()), false);
            }
        }
    }

    @Override
    public void remove(Handle tx, TenantId tenant) {
        quotas.removeAll(tx, tenant);
        store.remove(tx, tenant);
    }

    @Override
    public void limit(Handle tx, TenantId tenant, Map<Quota, OptionalLong> limits) {
        var tier = store.tier(tx, tenant);
        for (var quota : Quota.values()) {
            quotas.addIfAbsent(tx, tenant, quota, tier.most(quota));
            var most = limits.get(quota);
            quotas.limit(tx, tenant, quota, most == null ? tier.most(quota) : most, most != null);
        }
    }

    OptionalLong callsPerHour(TenantId tenant) {
        var apart = calls.get(tenant);
        if (apart != null) {
            return apart;
        }
        var known = snapshot.get(tenant);
        return known == null ? OptionalLong.empty() : known.tier().most(Quota.API_CALLS);
    }
}
