package holdfast.tenancy;

import static java.util.stream.Collectors.toMap;

import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// The only [Tenants]: answers from memory, which follows every change. Safe for many threads.
final class RememberedTenants implements Tenants {
    private static final int ID = 36; // characters, RFC 9562 §4

    private final Database database;
    private final TenantStore store;
    private final QuotaStore quotas;
    private final Map<TenantId, Tenant> known = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<String, Tenant> byName = new ConcurrentSkipListMap<>();
    private final Map<TenantId, Settings> settings = new ConcurrentHashMap<>(); // other than usual
    private final Map<TenantId, OptionalLong> calls =
            new ConcurrentHashMap<>(); // other than the tier's

    RememberedTenants(Database database, TenantStore store, QuotaStore quotas) {
        this.database = database;
        this.store = store;
        this.quotas = quotas;
    }

    /// One at a time: who comes later reads later, so no older state replaces a newer one.
    @Override
    public synchronized void refresh() {
        database.readPlatform(tx -> {
            var all = store.all(tx).stream().collect(toMap(Tenant::id, Function.identity()));
            replace(known, all);
            replace(
                    byName,
                    all.values().stream().collect(toMap(Tenant::name, Function.identity())));
            replace(settings, store.settings(tx));
            replace(calls, quotas.overridden(tx, Quota.API_CALLS));
            return all.size();
        });
    }

    @Override
    public synchronized void refresh(TenantId tenant) {
        database.readPlatform(tx -> {
            var found = store.find(tx, tenant);
            var before = Optional.ofNullable(known.get(tenant));
            found.ifPresent(now -> byName.put(now.name(), now));
            before.map(Tenant::name)
                    .filter(name -> found.filter(now -> now.name().equals(name)).isEmpty())
                    .ifPresent(byName::remove);
            put(known, tenant, found);
            put(settings, tenant, store.settings(tx, tenant));
            put(calls, tenant, quotas.overridden(tx, tenant, Quota.API_CALLS));
            return found.isPresent();
        });
    }

    private static <K, V> void replace(Map<K, V> remembered, Map<K, V> now) {
        remembered.keySet().retainAll(now.keySet());
        remembered.putAll(now);
    }

    private static <V> void put(Map<TenantId, V> remembered, TenantId tenant, Optional<V> now) {
        now.ifPresentOrElse(
                value -> remembered.put(tenant, value), () -> remembered.remove(tenant));
    }

    @Override
    public Rules rules(TenantId tenant) {
        var found = known.get(tenant);
        return found == null ? Rules.USUAL : found.rules();
    }

    @Override
    public Settings settings(TenantId tenant) {
        return settings.getOrDefault(tenant, Settings.USUAL);
    }

    @Override
    public Settings change(Handle tx, TenantId tenant, Settings change) {
        var stored = store.settings(tx, tenant).orElse(Settings.USUAL);
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
        return List.copyOf(byName.values());
    }

    @Override
    public Optional<Tenant> find(TenantId tenant) {
        return database.engine() == Database.Engine.SQLITE
                ? Optional.ofNullable(known.get(tenant))
                : seen(database.read(tenant, tx -> store.find(tx, tenant)));
    }

    private Optional<Tenant> seen(Optional<Tenant> tenant) {
        tenant.ifPresent(now ->
                known.merge(
                        now.id(),
                        now,
                        (before, after) -> after.version() >= before.version() ? after : before));
        return tenant;
    }

    @Override
    public Optional<Tenant> find(Handle tx, TenantId tenant) {
        return store.find(tx, tenant);
    }

    @Override
    public Optional<Tenant> named(String nameOrId) {
        var called = called(nameOrId);
        if (called.isPresent() || database.engine() == Database.Engine.SQLITE) {
            return called;
        }
        refresh(); // another node may have made it
        return called(nameOrId);
    }

    /// No name stands for another's id.
    private Optional<Tenant> called(String nameOrId) {
        return id(nameOrId).map(known::get).or(() -> Optional.ofNullable(byName.get(nameOrId)));
    }

    private static Optional<TenantId> id(String text) {
        if (text.length() != ID) {
            return Optional.empty();
        }
        try {
            var id = UUID.fromString(text);
            return id.toString().equals(text) ? Optional.of(new TenantId(id)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // a name as long as an id
        }
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
        var found = known.get(tenant);
        return found == null ? OptionalLong.empty() : found.tier().most(Quota.API_CALLS);
    }
}
