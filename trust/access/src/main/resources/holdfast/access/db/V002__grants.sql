CREATE TABLE access_grant (
    tenant_id ${uuid} NOT NULL,
    grant_id ${uuid} NOT NULL,
    principal_id ${uuid},
    role TEXT ${collate_c},
    effect TEXT ${collate_c} NOT NULL,
    actions TEXT ${collate_c} NOT NULL,
    pattern TEXT ${collate_c} NOT NULL,
    granted BIGINT NOT NULL,
    granted_by ${uuid} NOT NULL,
    expires BIGINT,
    PRIMARY KEY (tenant_id, grant_id),
    CHECK ((principal_id IS NULL) <> (role IS NULL))
);

-- tenant-isolation: access_grant
