package holdfast.tenancy;

import holdfast.kernel.TenantId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Keeps tenants. Answers come from memory that follows every change.
public interface Tenants {
    /// Refuses unless the tenant exists and is active.
    ///
    /// @throws holdfast.kernel.Refusal NOT_FOUND, NOT_PERMITTED when suspended
    void requireActive(TenantId tenant);

    List<Tenant> all();

    /// {@return the settings in force, from memory}
    Settings settings(TenantId tenant);

    /// Replaces the settings in the caller's transaction, who appends the event and calls [#refresh] after it.
    ///
    /// @param settings with the version that was seen
    /// @return the same with the next version
    /// @throws holdfast.kernel.Refusal VERSION_CONFLICT when somebody else was first
    Settings change(Handle tx, TenantId tenant, Settings settings);

    /// Makes a committed change hold at once on this node.
    void refresh();
}
