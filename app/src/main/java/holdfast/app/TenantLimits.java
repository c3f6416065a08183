package holdfast.app;

import holdfast.kernel.TenantId;
import holdfast.server.Allowance;
import holdfast.tenancy.TenancyRoom;
import java.util.OptionalLong;

/// What `http` wants to know of a tenant's quota of calls, and what it tells of them.
record TenantLimits(TenancyRoom tenancy) implements Allowance {
    @Override
    public OptionalLong callsPerHour(TenantId tenant) {
        return tenancy.quotas().callsPerHour(tenant);
    }

    @Override
    public void called(TenantId tenant, String area) {
        tenancy.usage().called(tenant, area);
    }
}
