CREATE TABLE tenancy_tenant (
    tenant_id ${uuid} NOT NULL PRIMARY KEY,
    name TEXT ${collate_c} NOT NULL UNIQUE,
    status TEXT ${collate_c} NOT NULL,
    created BIGINT NOT NULL
);

CREATE TABLE tenancy_settings (
    tenant_id ${uuid} NOT NULL PRIMARY KEY,
    due_soon_days INTEGER NOT NULL,
    session_idle_minutes INTEGER NOT NULL,
    session_absolute_hours INTEGER NOT NULL,
    removal_hold_percent INTEGER NOT NULL,
    audit_retention_days INTEGER NOT NULL,
    version BIGINT NOT NULL
);

-- tenant-isolation: tenancy_tenant
-- tenant-isolation: tenancy_settings
