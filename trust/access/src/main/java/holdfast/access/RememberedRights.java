package holdfast.access;

import static java.util.stream.Collectors.toUnmodifiableSet;

import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jdbi.v3.core.Handle;

/// The only [Roles] and [Grants]: a snapshot per tenant, replaced when the tenant's sequence moves.
///
/// One process owns a SQLite file, so its memory is the truth; on PostgreSQL another node may have changed
/// roles, so each question first compares the sequence.
final class RememberedRights implements Roles, Grants {
    private final Database database;
    private final AssignmentStore store = new AssignmentStore();
    private final GrantStore grants = new GrantStore();
    private final InstantSource clock;
    private final Map<TenantId, Snapshot> snapshots = new ConcurrentHashMap<>();

    RememberedRights(Database database, InstantSource clock) {
        this.database = database;
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
    public List<Grant> all(Handle tx, TenantId tenant) {
        return grants.all(tx, tenant);
    }

    @Override
    public void add(Handle tx, TenantId tenant, Grant grant) {
        grants.add(tx, tenant, grant);
        store.advance(tx, tenant);
    }

    @Override
    public void remove(Handle tx, TenantId tenant, UUID grant) {
        if (!grants.remove(tx, tenant, grant)) {
            throw Problem.NOT_FOUND.because("there is no such grant");
        }
        store.advance(tx, tenant);
    }

    @Override
    public void refresh(TenantId tenant) {
        keep(tenant, database.read(tenant, tx -> load(tx, tenant)));
    }

    Snapshot snapshot(TenantId tenant) {
        var known = snapshots.get(tenant);
        if (known != null && isCurrent(tenant, known)) {
            return known;
        }
        var fresh = database.read(tenant, tx -> load(tx, tenant));
        return keep(tenant, fresh);
    }

    /// Two may have read at once, and the one that read less be slower: a right taken away never comes back.
    ///
    /// @return the newer one
    private Snapshot keep(TenantId tenant, Snapshot fresh) {
        return snapshots.merge(
                tenant, fresh, (held, other) -> other.sequence() < held.sequence() ? held : other);
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
        return new Snapshot(
                sequence, store.all(tx, tenant), grants.all(tx, tenant), new ConcurrentHashMap<>());
    }

    /// The roles and grants of a tenant at one point of its history.
    ///
    /// @param known what was worked out so far
    record Snapshot(
            long sequence,
            Map<UUID, Set<Role>> roles,
            List<Grant> grants,
            ConcurrentMap<UUID, Rights> known) {
        Snapshot {
            roles = Map.copyOf(roles);
            grants = List.copyOf(grants);
        }

        Set<Role> of(UUID principal) {
            return roles.getOrDefault(principal, Set.of());
        }

        Rights rights(UUID principal) {
            return known.computeIfAbsent(principal, id -> Rights.of(id, of(id), grants));
        }
    }
}
