package holdfast.access;

import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.tenancy.Tenants;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The only [Policy]: a principal may do what one of its roles may, narrowed by its token, freshened by its password.
final class RolePolicy implements Policy {
    private static final Set<Action> FRESH = Set.copyOf(EnumSet.of(Action.EXPORT_CREDENTIAL));

    /// Who does not see all has these for their own events only: a scope, never a permit for the whole ledger.
    private static final Set<Action> OWN =
            Set.copyOf(EnumSet.of(Action.READ_AUDIT, Action.EXPORT_AUDIT));

    /// What the server's own jobs may do.
    private static final Set<Action> SERVICE =
            Set.copyOf(
                    EnumSet.of(
                            Action.READ_ENVIRONMENT,
                            Action.SYNC_ENVIRONMENT,
                            Action.READ_CREDENTIAL,
                            Action.READ_JOB,
                            Action.RUN_JOB));

    private final RememberedRoles roles;
    private final Tenants tenants;
    private final Ledger ledger;
    private final InstantSource clock;

    RolePolicy(RememberedRoles roles, Tenants tenants, Ledger ledger, InstantSource clock) {
        this.roles = roles;
        this.tenants = tenants;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public Permit permit(Principal principal, Action action, String resource) {
        return permit(principal, action, resource, FRESH.contains(action));
    }

    @Override
    public Permit permitFresh(Principal principal, Action action, String resource) {
        return permit(principal, action, resource, true);
    }

    private Permit permit(Principal principal, Action action, String resource, boolean fresh) {
        var snapshot = active(principal.tenant());
        decide(principal, action, snapshot, fresh)
                .ifPresent(why -> refuse(principal, action, resource, why));
        if (OWN.contains(action) && !seesAll(principal, action, snapshot)) {
            throw refuse(principal, action, resource, notPermitted(action));
        }
        return new Permit(principal, action, resource, snapshot.sequence());
    }

    @Override
    public Scope scope(Principal principal, Action action) {
        var snapshot = active(principal.tenant());
        decide(principal, action, snapshot, FRESH.contains(action))
                .ifPresent(why -> refuse(principal, action, "", why));
        return new Scope(principal, action, seesAll(principal, action, snapshot));
    }

    @Override
    public Set<Action> allowed(Principal principal) {
        return allowed(principal, active(principal.tenant()));
    }

    @Override
    public void recheck(Handle tx, Permit permit) {
        var principal = permit.principal();
        var now = roles.snapshot(tx, principal.tenant(), permit.sequence());
        if (now.sequence() != permit.sequence()
                && !allowed(principal, now).contains(permit.action())) {
            throw notPermitted(permit.action());
        }
    }

    private RememberedRoles.Snapshot active(TenantId tenant) {
        tenants.requireActive(tenant);
        return roles.snapshot(tenant);
    }

    /// {@return why not; empty when it is allowed}
    private Optional<Refusal> decide(
            Principal principal, Action action, RememberedRoles.Snapshot snapshot, boolean fresh) {
        if (!allowed(principal, snapshot).contains(action)) {
            return Optional.of(notPermitted(action));
        }
        return fresh && !isFresh(principal)
                ? Optional.of(
                        Problem.STEP_UP_REQUIRED
                                .because("give your password again, then repeat the request")
                                .with("action", action))
                : Optional.empty();
    }

    private Set<Action> allowed(Principal principal, RememberedRoles.Snapshot snapshot) {
        var allowed = EnumSet.noneOf(Action.class);
        switch (principal.kind()) {
            case SERVICE -> allowed.addAll(SERVICE);
            case USER, MACHINE ->
                    snapshot.of(principal.id()).forEach(role -> allowed.addAll(role.actions()));
            case ANONYMOUS -> {}
        }
        principal
                .standing()
                .only()
                .ifPresent(names -> allowed.removeIf(action -> !names.contains(action.name())));
        return allowed;
    }

    /// A token is narrowed to names, so one that holds the action names it.
    private boolean isFresh(Principal principal) {
        var standing = principal.standing();
        var now = clock.instant();
        return standing.only().isPresent()
                || standing.confirmed()
                        .filter(at -> !at.isAfter(now) && now.isBefore(at.plus(STEP_UP)))
                        .isPresent();
    }

    /// {@return whether the set is the whole tenant, not only what is the principal's own}
    private static boolean seesAll(
            Principal principal, Action action, RememberedRoles.Snapshot snapshot) {
        return switch (action) {
            case READ_AUDIT, EXPORT_AUDIT -> isOneOf(principal, snapshot, Role.ADMIN, Role.AUDITOR);
            case MANAGE_TOKEN -> isOneOf(principal, snapshot, Role.ADMIN);
            default -> true;
        };
    }

    private static boolean isOneOf(
            Principal principal, RememberedRoles.Snapshot snapshot, Role... wanted) {
        var held = snapshot.of(principal.id());
        return Set.of(wanted).stream().anyMatch(held::contains);
    }

    private Refusal refuse(Principal principal, Action action, String resource, Refusal why) {
        ledger.record(principal, new AccessEvent.Refused(action, resource, why.problem().code()));
        throw why;
    }

    private static Refusal notPermitted(Action action) {
        return Problem.NOT_PERMITTED
                .because("your role does not allow " + action)
                .with("action", action);
    }
}
