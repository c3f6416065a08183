ALTER TABLE access_assignment ADD COLUMN principal_kind TEXT ${collate_c} NOT NULL DEFAULT 'USER';
ALTER TABLE access_assignment ADD COLUMN granted_by_kind TEXT ${collate_c} NOT NULL DEFAULT 'USER';
ALTER TABLE access_assignment ADD COLUMN expires BIGINT;
ALTER TABLE access_assignment ADD COLUMN metadata TEXT NOT NULL DEFAULT '{}';

CREATE INDEX access_assignment_principal ON access_assignment (principal_id);

ALTER TABLE access_grant ADD COLUMN principal_kind TEXT ${collate_c} DEFAULT 'USER';
ALTER TABLE access_grant ADD COLUMN granted_by_kind TEXT ${collate_c} NOT NULL DEFAULT 'USER';
ALTER TABLE access_grant ADD COLUMN metadata TEXT NOT NULL DEFAULT '{}';

CREATE TABLE access_role (
    tenant_id ${uuid} NOT NULL,
    name TEXT ${collate_c} NOT NULL,
    description TEXT NOT NULL,
    actions TEXT ${collate_c} NOT NULL,
    created BIGINT NOT NULL,
    metadata TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, name)
);

-- tenant-isolation: access_role
