package holdfast.tenancy;

import holdfast.kernel.TenantId;
import java.time.Instant;

/// One tenant.
///
/// @param name 1 to 64 of `a-z 0-9 -`, unique
public record Tenant(TenantId id, String name, Status status, Instant created) {
    /// Only an active tenant is served.
    public enum Status {
        ACTIVE,
        SUSPENDED,
        DISABLED,
        PENDING
    }
}
