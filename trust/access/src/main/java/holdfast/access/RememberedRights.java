package holdfast.access;

import static java.util.stream.Collectors.toUnmodifiableSet;

import holdfast.kernel.FieldError;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.tenancy.Metadata;
import holdfast.tenancy.Quota;
import holdfast.tenancy.Quotas;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/// The only [Roles] and [Grants]: a snapshot per tenant, replaced when the tenant's sequence moves.
///
/// One process owns a SQLite file, so its memory is the truth; on PostgreSQL another node may have changed
/// roles, so each question first compares the sequence.
final class RememberedRights implements Roles, Grants {
    /// Without these in somebody's hands a tenant cannot be mended from inside.
    private static final List<Action> KEYS = List.of(Action.MANAGE_ACCESS, Action.MANAGE_USER);

    private final Database database;
    private final AssignmentStore store = new AssignmentStore();
    private final GrantStore grants = new GrantStore();
    private final RoleStore roles = new RoleStore();
    private final InstantSource clock;
    private final Quotas quotas;
    private final Map<TenantId, Snapshot> snapshots = new ConcurrentHashMap<>();

    RememberedRights(Database database, Quotas quotas, InstantSource clock) {
        this.database = database;
        this.quotas = quotas;
        this.clock = clock;
    }

    /// Counts the members of tenants in which nobody counted yet.
    void countMembers() {
        database.writePlatform(tx -> {
            var counted = quotas.counted(tx, Quota.USERS);
            var members = store.members(tx);
            members.keySet().removeAll(counted);
            members.forEach((tenant, count) -> quotas.settle(tx, tenant, Quota.USERS, count));
            return members.size();
        });
    }

    @Override
    public List<Role> of(TenantId tenant, UUID principal) {
        var now = clock.instant();
        return snapshot(tenant).rights(principal, now).inForce(now);
    }

    @Override
    public List<Role> of(Handle tx, TenantId tenant, UUID principal) {
        var now = clock.instant();
        return load(tx, tenant).rights(principal, now).inForce(now);
    }

    @Override
    public Set<UUID> holders(Handle tx, TenantId tenant, Role role) {
        var now = clock.instant();
        return store.of(tx, tenant, role.name()).stream()
                .filter(one -> one.holds(now))
                .map(Assignment::principal)
                .collect(toUnmodifiableSet());
    }

    @Override
    public List<Assignment> assignments(Handle tx, TenantId tenant) {
        return store.all(tx, tenant);
    }

    @Override
    public boolean isMember(Handle tx, TenantId tenant, UUID principal) {
        var now = clock.instant();
        return store.of(tx, tenant, principal).stream().anyMatch(one -> one.holds(now));
    }

    @Override
    public Set<UUID> members(Handle tx, TenantId tenant) {
        var now = clock.instant();
        return store.all(tx, tenant).stream()
                .filter(one -> one.holds(now))
                .map(Assignment::principal)
                .collect(toUnmodifiableSet());
    }

    @Override
    public void leave(Handle tx, TenantId tenant, UUID principal) {
        grants.removeAll(tx, tenant, principal);
        changing(tx, tenant, principal, () -> store.removeAll(tx, tenant, principal));
    }

    @Override
    public void dissolve(Handle tx, TenantId tenant) {
        store.removeTenant(tx, tenant);
        grants.removeTenant(tx, tenant);
        roles.removeTenant(tx, tenant);
        store.advance(tx, tenant);
    }

    @Override
    public Set<TenantId> tenantsOf(Handle tx, UUID principal) {
        return store.tenantsOf(tx, principal).stream()
                .filter(tenant -> isMember(tx, tenant, principal))
                .collect(toUnmodifiableSet());
    }

    @Override
    public void assign(Handle tx, Principal actor, UUID subject, Set<Role> wanted) {
        changing(
                tx,
                actor.tenant(),
                subject,
                () -> {
                    store.removeAll(tx, actor.tenant(), subject);
                    wanted.forEach(role -> give(tx, actor, subject, role));
                });
    }

    @Override
    public void exchange(
            Handle tx, Principal actor, UUID subject, Optional<Role> was, Role wanted) {
        var tenant = actor.tenant();
        changing(
                tx,
                tenant,
                subject,
                () -> {
                    was.ifPresent(role -> store.remove(tx, tenant, subject, role.name()));
                    store.remove(tx, tenant, subject, wanted.name()); // one that ends gives way
                    give(tx, actor, subject, wanted);
                });
    }

    /// Whoever gets a first role is one more user of the tenant, whoever loses the last is one less. A machine belongs to
    /// its tenant without a role, and is counted by the room that makes it.
    private void changing(Handle tx, TenantId tenant, UUID subject, Runnable change) {
        boolean was = store.isAssigned(tx, tenant, subject);
        change.run();
        boolean is = store.isAssigned(tx, tenant, subject);
        if (is && !was) {
            quotas.take(tx, tenant, Quota.USERS, 1);
        } else if (was && !is) {
            quotas.give(tx, tenant, Quota.USERS, 1);
        }
        store.advance(tx, tenant);
    }

    private void give(Handle tx, Principal actor, UUID subject, Role role) {
        store.add(
                tx,
                actor.tenant(),
                new Assignment(
                        subject,
                        Principal.Kind.USER,
                        role.name(),
                        clock.instant(),
                        actor.id(),
                        actor.kind(),
                        Optional.empty(),
                        Metadata.NONE));
    }

    @Override
    public void add(Handle tx, TenantId tenant, Assignment assignment) {
        named(tx, tenant, assignment.role());
        changing(
                tx,
                tenant,
                assignment.principal(),
                () -> {
                    if (!store.add(tx, tenant, assignment)) {
                        throw Problem.CONFLICT.because(
                                "this role is assigned already; take it back first");
                    }
                });
    }

    @Override
    public void remove(Handle tx, TenantId tenant, UUID principal, String role) {
        changing(
                tx,
                tenant,
                principal,
                () -> {
                    if (!store.remove(tx, tenant, principal, role)) {
                        throw Problem.NOT_FOUND.because("there is no such assignment");
                    }
                });
    }

    @Override
    public Set<TenantId> forget(Handle tx, UUID principal) {
        var tenants = store.tenantsOf(tx, principal);
        for (var tenant : tenants) {
            leave(tx, tenant, principal);
        }
        return tenants;
    }

    @Override
    public void requireKeeper(Handle tx, TenantId tenant, Predicate<UUID> canSignIn) {
        var now = clock.instant();
        var all = load(tx, tenant);
        boolean kept =
                all.principals().stream()
                        .filter(id -> !all.kind(id).equals(Optional.of(Principal.Kind.MACHINE)))
                        .filter(id ->
                                KEYS.stream()
                                        .allMatch(key ->
                                                all.lasting(id).paths(key, now).isEverything()))
                        .anyMatch(canSignIn);
        if (!kept) {
            throw Problem.CONFLICT.because(
                    "nobody would be left who may manage users and access everywhere");
        }
    }

    @Override
    public Role named(Handle tx, TenantId tenant, String name) {
        return withBuiltIn(roles.all(tx, tenant)).stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        Refusal.of(
                                List.of(
                                        FieldError.of(
                                                "/role",
                                                "not-one-of",
                                                "must be a role of the tenant, for example"
                                                        + " USER"))));
    }

    @Override
    public List<CustomRole> custom(Handle tx, TenantId tenant) {
        return roles.all(tx, tenant);
    }

    @Override
    public void create(Handle tx, TenantId tenant, CustomRole role) {
        if (!roles.add(tx, tenant, role)) {
            throw Problem.CONFLICT.because("there is a role of this name");
        }
        store.advance(tx, tenant);
    }

    @Override
    public void change(Handle tx, TenantId tenant, CustomRole role) {
        if (!roles.replace(tx, tenant, role)) {
            throw Problem.VERSION_CONFLICT.because("somebody changed or deleted the role");
        }
        store.advance(tx, tenant);
    }

    @Override
    public void delete(Handle tx, TenantId tenant, String name) {
        if (roles.all(tx, tenant).stream().noneMatch(one -> one.role().name().equals(name))) {
            throw Problem.NOT_FOUND.because("there is no such role");
        }
        long holders = store.of(tx, tenant, name).size();
        long named =
                grants.all(tx, tenant).stream()
                        .filter(one -> one.subject().equals(new Grant.Subject.Holders(name)))
                        .count();
        if (holders + named > 0) {
            throw Problem.CONFLICT
                    .because(
                            "%d have the role and %d grants name it; take them back first"
                                    .formatted(holders, named))
                    .with("assignments", holders)
                    .with("grants", named);
        }
        roles.remove(tx, tenant, name);
        store.advance(tx, tenant);
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
    public void lend(Handle tx, TenantId tenant, Grant grant) {
        grants.removeEnded(tx, tenant, clock.instant());
        add(tx, tenant, grant);
    }

    @Override
    public void takeBack(Handle tx, TenantId tenant, UUID grant) {
        if (grants.remove(tx, tenant, grant)) {
            store.advance(tx, tenant);
        }
    }

    @Override
    public Map<UUID, Set<Action>> inForce(TenantId tenant, Collection<UUID> loans) {
        return snapshot(tenant).lent(loans, clock.instant());
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

    Snapshot load(Handle tx, TenantId tenant) {
        // the sequence first: a change in between makes the snapshot newer than its number, never
        // older
        long sequence = store.sequence(tx, tenant);
        return new Snapshot(
                sequence,
                withBuiltIn(roles.all(tx, tenant)),
                store.all(tx, tenant),
                grants.all(tx, tenant));
    }

    private static List<Role> withBuiltIn(List<CustomRole> made) {
        var all = new ArrayList<>(Role.BUILT_IN);
        made.forEach(one -> all.add(one.role()));
        return all;
    }
}
