package holdfast.access;

import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/// Keeps the roles of tenants and who has which. Safe for many threads.
///
/// A room that changes roles does so in its own transaction, appends its own event there, and calls [#refresh] after it.
/// Who may do so is decided by the caller's permit.
public interface Roles {
    /// {@return the roles in force of one principal, strongest first, from memory}
    List<Role> of(TenantId tenant, UUID principal);

    /// {@return the roles in force as the transaction sees them, strongest first}
    List<Role> of(Handle tx, TenantId tenant, UUID principal);

    /// {@return who has the role, for good or for a while, as the transaction sees it}
    Set<UUID> holders(Handle tx, TenantId tenant, Role role);

    /// {@return every assignment of the tenant, by principal and role, also those that have ended}
    List<Assignment> assignments(Handle tx, TenantId tenant);

    /// {@return whether somebody belongs to the tenant, as the transaction sees it}
    boolean isMember(Handle tx, TenantId tenant, UUID principal);

    /// {@return everybody who belongs to the tenant, as the transaction sees it}
    Set<UUID> members(Handle tx, TenantId tenant);

    /// {@return the tenants somebody belongs to; only for a transaction of the platform}
    Set<TenantId> tenantsOf(Handle tx, UUID principal);

    /// Replaces the roles of `subject` in the actor's tenant, for good.
    void assign(Handle tx, Principal actor, UUID subject, Set<Role> roles);

    /// Gives `subject` the role `now` in the place of the role `was`; other roles stay.
    void exchange(Handle tx, Principal actor, UUID subject, Optional<Role> was, Role now);

    /// Adds an assignment.
    ///
    /// @throws holdfast.kernel.Refusal CONFLICT when it is there; INVALID at `/role` when there is no such role
    void add(Handle tx, TenantId tenant, Assignment assignment);

    /// @throws holdfast.kernel.Refusal NOT_FOUND
    void remove(Handle tx, TenantId tenant, UUID principal, String role);

    /// Takes every role and every grant from somebody, in every tenant; only for a transaction of the platform.
    ///
    /// @return the tenants to be refreshed
    Set<TenantId> forget(Handle tx, UUID principal);

    /// Takes every role and every grant in one tenant from somebody.
    void leave(Handle tx, TenantId tenant, UUID principal);

    /// Deletes every role, assignment and grant of a tenant.
    void dissolve(Handle tx, TenantId tenant);

    /// Refuses to go on when nobody would be left in the tenant who may manage access and users everywhere, for good. A
    /// machine is nobody in this: it signs in nowhere.
    ///
    /// @param canSignIn whether a principal can be used at all
    /// @throws holdfast.kernel.Refusal CONFLICT
    void requireKeeper(Handle tx, TenantId tenant, Predicate<UUID> canSignIn);

    /// {@return the role of that name, built in or made by the tenant}
    ///
    /// @throws holdfast.kernel.Refusal INVALID at `/role`
    Role named(Handle tx, TenantId tenant, String name);

    /// {@return the roles that the tenant made, by name}
    List<CustomRole> custom(Handle tx, TenantId tenant);

    /// @throws holdfast.kernel.Refusal CONFLICT when there is one of that name
    void create(Handle tx, TenantId tenant, CustomRole role);

    /// @param role of the version after the one that was seen
    /// @throws holdfast.kernel.Refusal VERSION_CONFLICT
    void change(Handle tx, TenantId tenant, CustomRole role);

    /// @throws holdfast.kernel.Refusal NOT_FOUND; CONFLICT while somebody has it or a grant names it
    void delete(Handle tx, TenantId tenant, String name);

    /// Makes a committed change hold at once on this node. Other nodes see the changed sequence.
    void refresh(TenantId tenant);
}
