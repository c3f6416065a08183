-- who was there before had no limits
ALTER TABLE tenancy_tenant ADD COLUMN tier TEXT ${collate_c} NOT NULL DEFAULT 'ENTERPRISE';
ALTER TABLE tenancy_tenant ADD COLUMN updated BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tenancy_tenant ADD COLUMN rules TEXT NOT NULL DEFAULT '{}';
ALTER TABLE tenancy_tenant ADD COLUMN metadata TEXT NOT NULL DEFAULT '{}';
ALTER TABLE tenancy_tenant ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

CREATE TABLE tenancy_quota (
    tenant_id ${uuid} NOT NULL REFERENCES tenancy_tenant (tenant_id),
    quota TEXT ${collate_c} NOT NULL,
    used BIGINT NOT NULL,
    most BIGINT,
    overridden BOOLEAN NOT NULL,
    PRIMARY KEY (tenant_id, quota),
    CHECK (used >= 0)
);

CREATE TABLE tenancy_usage (
    tenant_id ${uuid} NOT NULL,
    day BIGINT NOT NULL,
    measure TEXT ${collate_c} NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, day, measure)
);

-- tenant-isolation: tenancy_quota
-- tenant-isolation: tenancy_usage
