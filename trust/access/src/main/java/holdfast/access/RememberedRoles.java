package holdfast.access;

import static java.util.stream.Collectors.toUnmodifiableSet;

import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/// The only [Roles]: a snapshot per tenant, replaced when the tenant's sequence moves.
///
/// One process owns a SQLite file, so its memory is the truth; on PostgreSQL another node may have changed
/// roles, so each question first compares the sequence.
final class RememberedRoles implements Roles {
    private final Database database;
    private final AssignmentStore store;
    private final InstantSource clock;
    private final Map<TenantId, Snapshot> snapshots = new ConcurrentHashMap<>();

    RememberedRoles(Database database, AssignmentStore store, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Set<Role> of(TenantId tenant, UUID principal) {
        return snapshot(tenant).of(principal);
    }

    @Override
    public Set<Role> of(Handle tx, TenantId tenant, UUID principal) {
        return load(tx, tenant).of(principal);
    }

    @Override
    public Set<UUID> holders(Handle tx, TenantId tenant, Role role) {
        return store.all(tx, tenant).entrySet().stream()
                .filter(one -> one.getValue().contains(role))
                .map(Map.Entry::getKey)
                .collect(toUnmodifiableSet());
    }

    @Override
    public void assign(Handle tx, Principal actor, UUID subject, Set<Role> roles) {
        var ordered = roles.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(roles);
        store.replace(tx, actor, subject, ordered, clock.instant());
    }

    @Override
    public void refresh(TenantId tenant) {
        snapshots.put(tenant, database.read(tenant, tx -> load(tx, tenant)));
    }

    Snapshot snapshot(TenantId tenant) {
        var known = snapshots.get(tenant);
        if (known != null && isCurrent(tenant, known)) {
            return known;
        }
        var fresh = database.read(tenant, tx -> load(tx, tenant));
        snapshots.put(tenant, fresh);
        return fresh;
    }

    /// {@return the snapshot as the transaction sees it: `known` itself while nothing changed}
    Snapshot snapshot(Handle tx, TenantId tenant, long known) {
        var held = snapshots.get(tenant);
        if (held != null && held.sequence() == known && store.sequence(tx, tenant) == known) {
            return held;
        }
        return load(tx, tenant);
    }

    private boolean isCurrent(TenantId tenant, Snapshot known) {
        return database.engine() == Database.Engine.SQLITE
                || database.read(tenant, tx -> store.sequence(tx, tenant)) == known.sequence();
    }

    private Snapshot load(Handle tx, TenantId tenant) {
        // the sequence first: a change in between makes the snapshot newer than its number, never
        // older
        long sequence = store.sequence(tx, tenant);
        return new Snapshot(sequence, store.all(tx, tenant));
    }

    /// The roles of a tenant at one point of its history.
    record Snapshot(long sequence, Map<UUID, Set<Role>> roles) {
        Snapshot {
            roles = Map.copyOf(roles);
        }

        Set<Role> of(UUID principal) {
            return roles.getOrDefault(principal, Set.of());
        }
    }
}
