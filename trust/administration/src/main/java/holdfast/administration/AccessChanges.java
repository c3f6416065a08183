package holdfast.administration;

import holdfast.access.AccessRoom;
import holdfast.access.Action;
import holdfast.access.Assignment;
import holdfast.access.CustomRole;
import holdfast.access.Grant;
import holdfast.access.Permit;
import holdfast.identity.People;
import holdfast.kernel.FieldError;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.ledger.Event;
import holdfast.ledger.Ledger;
import holdfast.storage.Database;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Gives and takes rights: each change is one transaction with its event, and holds with the next request.
///
/// Nobody gives more than they hold, and nobody takes back a denial against themselves.
final class AccessChanges {
    /// What a permit to change rights names.
    static final String RESOURCE = "access";

    private static final int MOST_GRANTS = 10_000;
    private static final int MOST_ROLES = 100;
    private static final Set<Action> KEYS = Set.of(Action.MANAGE_ACCESS, Action.MANAGE_USER);

    private final Database database;
    private final AccessRoom access;
    private final People people;
    private final Ledger ledger;

    AccessChanges(Database database, AccessRoom access, People people, Ledger ledger) {
        this.database = database;
        this.access = access;
        this.people = people;
        this.ledger = ledger;
    }

    /// @throws Refusal INVALID when the subject is not of the tenant, NOT_PERMITTED, CONFLICT
    void grant(Permit permit, Grant grant) {
        changing(
                permit,
                tx -> {
                    var tenant = permit.tenant();
                    requireSubject(tx, permit, grant.subject());
                    if (grant.effect() == Grant.Effect.ALLOW) {
                        access.policy()
                                .requireHolds(
                                        tx, permit.principal(), grant.actions(), grant.pattern());
                    }
                    if (access.grants().all(tx, tenant).size() >= MOST_GRANTS) {
                        throw Problem.CONFLICT.because(
                                "the tenant has %d grants; take some back first"
                                        .formatted(MOST_GRANTS));
                    }
                    access.grants().add(tx, tenant, grant);
                    if (grant.effect() == Grant.Effect.DENY) {
                        requireKeeper(tx, permit, grant);
                    }
                    return new AccessEvents.GrantMade(grant);
                });
    }

    /// @throws Refusal NOT_FOUND, NOT_PERMITTED, CONFLICT
    void take(Permit permit, UUID id) {
        changing(
                permit,
                tx -> {
                    var tenant = permit.tenant();
                    var grant =
                            access.grants().all(tx, tenant).stream()
                                    .filter(one -> one.id().equals(id))
                                    .findFirst()
                                    .orElseThrow(() ->
                                            Problem.NOT_FOUND.because("there is no such grant"));
                    if (grant.lent()) {
                        throw Problem.CONFLICT.because(
                                "this is a share or a link: revoke it there");
                    }
                    access.grants().remove(tx, tenant, id);
                    if (grant.effect() == Grant.Effect.DENY) {
                        requireFree(tx, permit, grant);
                    } else {
                        requireKeeper(tx, permit, grant);
                    }
                    return new AccessEvents.GrantTaken(grant);
                });
    }

    /// Whoever lifts a denial gives what it forbade: they must hold it, apart from this denial.
    private void requireFree(Handle tx, Permit permit, Grant denial) {
        if (denial.subject() instanceof Grant.Subject.One(var id, _)
                && id.equals(permit.principal().id())) {
            throw Problem.NOT_PERMITTED.because(
                    "somebody else must take back a denial against you");
        }
        access.policy().requireHolds(tx, permit.principal(), denial.actions(), denial.pattern());
    }

    /// @throws Refusal INVALID when the principal is not of the tenant, NOT_PERMITTED, CONFLICT
    void assign(Permit permit, Assignment assignment) {
        changing(
                permit,
                tx -> {
                    var tenant = permit.tenant();
                    requireMember(
                            tx, permit, assignment.kind(), assignment.principal(), "/principal");
                    var role = access.roles().named(tx, tenant, assignment.role());
                    access.policy().requireHolds(tx, permit.principal(), role);
                    access.roles().add(tx, tenant, assignment);
                    return new AccessEvents.RoleAssigned(assignment);
                });
    }

    /// @throws Refusal NOT_FOUND; CONFLICT for the last role of somebody, and for the last who may manage access
    void unassign(Permit permit, UUID principal, String role) {
        changing(
                permit,
                tx -> {
                    access.roles().remove(tx, permit.tenant(), principal, role);
                    if (!access.roles().isMember(tx, permit.tenant(), principal)
                            && !isMachine(tx, permit, principal)) {
                        throw Problem.CONFLICT.because(
                                "this is the last role; delete the user instead");
                    }
                    requireKeeper(tx, permit);
                    return new AccessEvents.RoleTaken(principal, role);
                });
    }

    /// @throws Refusal NOT_PERMITTED, CONFLICT
    void create(Permit permit, CustomRole custom) {
        changing(
                permit,
                tx -> {
                    access.policy().requireHolds(tx, permit.principal(), custom.role());
                    if (access.roles().custom(tx, permit.tenant()).size() >= MOST_ROLES) {
                        throw Problem.CONFLICT.because(
                                "the tenant has %d roles; delete one first".formatted(MOST_ROLES));
                    }
                    access.roles().create(tx, permit.tenant(), custom);
                    return new AccessEvents.RoleMade(custom);
                });
    }

    /// @throws Refusal NOT_FOUND, NOT_PERMITTED, VERSION_CONFLICT, CONFLICT
    void change(Permit permit, CustomRole custom) {
        changing(
                permit,
                tx -> {
                    access.policy().requireHolds(tx, permit.principal(), custom.role());
                    access.roles().change(tx, permit.tenant(), custom);
                    requireKeeper(tx, permit);
                    return new AccessEvents.RoleChanged(custom);
                });
    }

    /// @throws Refusal NOT_FOUND; CONFLICT while somebody has it
    void delete(Permit permit, String role) {
        changing(
                permit,
                tx -> {
                    access.roles().delete(tx, permit.tenant(), role);
                    return new AccessEvents.RoleDeleted(role);
                });
    }

    private void changing(Permit permit, Function<Handle, Event> change) {
        permit.requireFor(Action.MANAGE_ACCESS, RESOURCE);
        try {
            database.writePlatform(tx -> {
                access.policy().recheck(tx, permit);
                ledger.append(tx, permit.principal(), change.apply(tx));
                return true;
            });
        } finally {
            access.roles().refresh(permit.tenant());
        }
    }

    private void requireSubject(Handle tx, Permit permit, Grant.Subject subject) {
        switch (subject) {
            case Grant.Subject.One(var id, var kind) ->
                    requireMember(tx, permit, kind, id, "/subject/id");
            case Grant.Subject.Holders(var role) -> access.roles().named(tx, permit.tenant(), role);
        }
    }

    private void requireMember(
            Handle tx, Permit permit, Principal.Kind kind, UUID id, String pointer) {
        boolean machine = kind == Principal.Kind.MACHINE;
        boolean known =
                isMachine(tx, permit, id)
                        ? machine
                        : !machine && access.roles().isMember(tx, permit.tenant(), id);
        if (!known) {
            throw Refusal.of(
                    List.of(
                            FieldError.of(
                                    pointer,
                                    "unknown",
                                    "no %s of this id is in the tenant"
                                            .formatted(machine ? "machine" : "user"))));
        }
    }

    private boolean isMachine(Handle tx, Permit permit, UUID id) {
        return people.machines(tx, permit.tenant(), List.of(id)).containsKey(id);
    }

    private void requireKeeper(Handle tx, Permit permit, Grant grant) {
        if (grant.actions().stream().anyMatch(KEYS::contains)) {
            requireKeeper(tx, permit);
        }
    }

    private void requireKeeper(Handle tx, Permit permit) {
        access.roles().requireKeeper(tx, permit.tenant(), id -> people.canSignIn(tx, id));
    }
}
