CREATE TABLE tenancy_tenant (
    tenant_id ${uuid} NOT NULL PRIMARY KEY,
    name TEXT ${collate_c} NOT NULL UNIQUE,
    status TEXT ${collate_c} NOT NULL,
    created BIGINT NOT NULL
);

-- tenant-isolation: tenancy_tenant
