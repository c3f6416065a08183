package holdfast.tenancy;

import holdfast.kernel.TenantId;
import java.util.List;

/// Keeps tenants. Answers come from memory that follows every change.
public interface Tenants {
    /// Refuses unless the tenant exists and is active.
    ///
    /// @throws holdfast.kernel.Refusal NOT_FOUND, NOT_PERMITTED when suspended
    void requireActive(TenantId tenant);

    List<Tenant> all();
}
