package holdfast.access;

import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Decides. Evaluated in memory; every refusal is recorded before it is answered.
public interface Policy {
    /// How long a password given again opens what asks for it.
    Duration STEP_UP = Duration.ofMinutes(5);

    /// {@return proof that `principal` may do `action` on `resource`}
    ///
    /// @throws holdfast.kernel.Refusal NOT_PERMITTED; STEP_UP_REQUIRED when the action asks for a fresh password
    Permit permit(Principal principal, Action action, String resource);

    /// As [#permit], and the password was given within the last [#STEP_UP] whatever the action.
    Permit permitFresh(Principal principal, Action action, String resource);

    /// {@return proof that another tenant lent the action of `home` on `resource` to the tenant of its principal, who acts
    /// there by it as a visitor}
    ///
    /// @param home proof that the principal's own tenant allows the action on what it calls the thing; a refusal names that
    /// @throws holdfast.kernel.Refusal NOT_PERMITTED when something else was lent; NOT_FOUND when nothing was
    Permit visit(Permit home, TenantId owner, String resource);

    /// {@return proof for a set}
    ///
    /// @throws holdfast.kernel.Refusal NOT_PERMITTED, STEP_UP_REQUIRED
    Scope scope(Principal principal, Action action);

    /// {@return what the principal may do somewhere, for an interface that draws only what can be used}
    Set<Action> allowed(Principal principal);

    /// Asks again inside the transaction that records a use, so that a right taken away in between no longer opens anything.
    /// The refusal is recorded beside the transaction, at once but without waiting for it.
    ///
    /// @throws holdfast.kernel.Refusal NOT_PERMITTED
    void recheck(Handle tx, Permit permit);

    /// As [#recheck(Handle, Permit)] for many things one principal asks for at once.
    ///
    /// @throws holdfast.kernel.Refusal NOT_PERMITTED when one of them is not allowed any more
    default void recheck(Handle tx, List<Permit> permits) {
        permits.forEach(permit -> recheck(tx, permit));
    }

    /// Refuses when somebody would give away, or take a denial from, more than they hold as the transaction sees it.
    ///
    /// @throws holdfast.kernel.Refusal NOT_PERMITTED
    void requireHolds(Handle tx, Principal principal, Set<Action> actions, PathPattern where);

    /// As [#requireHolds(Handle, Principal, Set, PathPattern)], by the rights that a permit was decided on: a visitor
    /// holds what was lent to their tenant.
    void requireHolds(Handle tx, Permit permit, Set<Action> actions, PathPattern where);

    /// As [#requireHolds(Handle, Principal, Set, PathPattern)], for all that a role allows.
    void requireHolds(Handle tx, Principal principal, Role role);

    /// As [#requireHolds(Handle, Principal, Role)], for actions everywhere in the tenant, on anybody's things.
    void requireHolds(Handle tx, Principal principal, Set<Action> actions);
}
