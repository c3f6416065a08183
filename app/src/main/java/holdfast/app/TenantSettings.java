package holdfast.app;

import holdfast.infrastructure.Settings;
import holdfast.kernel.TenantId;
import holdfast.tenancy.Tenants;

/// What `infrastructure` wants to know of a tenant's settings.
record TenantSettings(Tenants tenants) implements Settings {
    @Override
    public int dueSoonDays(TenantId tenant) {
        return tenants.settings(tenant).dueSoonDays();
    }

    @Override
    public int removalHoldPercent(TenantId tenant) {
        return tenants.settings(tenant).removalHoldPercent();
    }
}
