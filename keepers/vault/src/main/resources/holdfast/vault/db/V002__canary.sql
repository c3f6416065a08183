-- Secrets that nobody should read. locks: 1 where whoever reads one is denied everything from then on.
CREATE TABLE vault_canary (
    tenant_id ${uuid} NOT NULL,
    secret_id ${uuid} NOT NULL,
    locks INTEGER NOT NULL,
    made BIGINT NOT NULL,
    made_by ${uuid} NOT NULL,
    made_by_kind TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    PRIMARY KEY (tenant_id, secret_id)
);

-- tenant-isolation: vault_canary
