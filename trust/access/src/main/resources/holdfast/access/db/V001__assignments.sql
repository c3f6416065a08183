CREATE TABLE access_assignment (
    tenant_id ${uuid} NOT NULL,
    principal_id ${uuid} NOT NULL,
    role TEXT ${collate_c} NOT NULL,
    granted BIGINT NOT NULL,
    granted_by ${uuid} NOT NULL,
    PRIMARY KEY (tenant_id, principal_id, role)
);

CREATE INDEX access_assignment_role ON access_assignment (tenant_id, role);

CREATE TABLE access_sequence (
    tenant_id ${uuid} NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL
);

-- tenant-isolation: access_assignment
-- tenant-isolation: access_sequence
