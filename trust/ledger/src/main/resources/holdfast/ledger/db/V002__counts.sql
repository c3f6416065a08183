-- How often what happened, by hour (since the epoch, UTC), written by the cursor `statistics`.
-- The table of the first script was never filled.
DROP TABLE ledger_count;

-- tenant-isolation: ledger_count
CREATE TABLE ledger_count (
    tenant_id  ${uuid} NOT NULL,
    hour       BIGINT NOT NULL,
    action     TEXT ${collate_c} NOT NULL,
    actor      ${uuid} NOT NULL,
    actor_name TEXT ${collate_c} NOT NULL,
    outcome    TEXT NOT NULL,
    severity   TEXT NOT NULL,
    events     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, hour, action, actor, actor_name, outcome, severity)
);
