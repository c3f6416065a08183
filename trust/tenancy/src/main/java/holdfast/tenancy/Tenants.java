package holdfast.tenancy;

import holdfast.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/// Keeps tenants. Answers come from memory that follows every change; on a shared database the state of a tenant is
/// read each time, so that a suspension holds at once on every node.
public interface Tenants {
    /// Refuses unless the tenant exists and is active.
    ///
    /// @throws holdfast.kernel.Refusal NOT_FOUND, NOT_PERMITTED when suspended
    void requireActive(TenantId tenant);

    /// {@return every tenant, by name}
    List<Tenant> all();

    Optional<Tenant> find(TenantId tenant);

    /// {@return the tenant as the transaction sees it}
    Optional<Tenant> find(Handle tx, TenantId tenant);

    /// {@return the tenant of that name, or whose id is written so}
    Optional<Tenant> named(String nameOrId);

    /// Adds a tenant in the caller's transaction, who appends the event and calls [#refresh(TenantId)] after it.
    ///
    /// @throws holdfast.kernel.Refusal CONFLICT when one has the name
    void add(Handle tx, Tenant tenant);

    /// Replaces a tenant; its limits follow the tier where they are not set apart.
    ///
    /// @param next of the version after the one that was seen
    /// @throws holdfast.kernel.Refusal VERSION_CONFLICT
    void replace(Handle tx, Tenant next);

    /// Removes a tenant with its limits, usage and settings; what other rooms keep of it is theirs to remove.
    void remove(Handle tx, TenantId tenant);

    /// Sets limits apart from the tier's; an absent quota goes back to the tier.
    ///
    /// @param limits each with its most, empty for no limit
    void limit(Handle tx, TenantId tenant, java.util.Map<Quota, OptionalLong> limits);

    /// {@return the rules in force, from memory: on a shared database as the last request in the tenant found them}
    Rules rules(TenantId tenant);

    /// {@return the settings in force, from memory}
    Settings settings(TenantId tenant);

    /// Replaces the settings in the caller's transaction, who appends the event and calls [#refresh(TenantId)] after it.
    ///
    /// @param settings with the version that was seen
    /// @return the same with the next version
    /// @throws holdfast.kernel.Refusal VERSION_CONFLICT when somebody else was first
    Settings change(Handle tx, TenantId tenant, Settings settings);

    /// Makes a committed change of a tenant, of its limits or of its settings hold at once on this node.
    void refresh(TenantId tenant);

    /// As [#refresh(TenantId)] for all of them.
    void refresh();
}
