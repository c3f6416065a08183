package holdfast.access;

import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Keeps who has which role in which tenant. Safe for many threads.
///
/// A room that changes roles does so in its own transaction, appends its own event there, and calls [#refresh] after it.
public interface Roles {
    /// {@return the roles of one principal, from memory}
    Set<Role> of(TenantId tenant, UUID principal);

    /// {@return the roles as the transaction sees them}
    Set<Role> of(Handle tx, TenantId tenant, UUID principal);

    /// {@return who has the role, as the transaction sees it}
    Set<UUID> holders(Handle tx, TenantId tenant, Role role);

    /// Replaces the roles of `subject` in the actor's tenant. Who may do so is decided by the caller's permit.
    void assign(Handle tx, Principal actor, UUID subject, Set<Role> roles);

    /// Makes a committed change hold at once on this node. Other nodes see the changed sequence.
    void refresh(TenantId tenant);
}
