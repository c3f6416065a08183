-- A machine belongs to one tenant, has no password, and acts by rows of identity_token whose user_id is its id.
CREATE TABLE identity_machine (
    tenant_id ${uuid} NOT NULL,
    id ${uuid} NOT NULL PRIMARY KEY,
    name TEXT ${collate_c} NOT NULL,
    folded TEXT ${collate_c} NOT NULL,
    description TEXT NOT NULL,
    disabled BOOLEAN NOT NULL,
    created BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (tenant_id, folded)
);

-- tenant-isolation: identity_machine
