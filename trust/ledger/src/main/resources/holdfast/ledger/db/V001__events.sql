-- Every event, once. idx is the leaf's place in the Merkle tree, from 0 without gaps, and never shown to a tenant;
-- sequence is the tenant's own number, from 1 without gaps. body and salt go when the tenant's retention ends.
-- tenant-isolation: ledger_event
CREATE TABLE ledger_event (
    idx        BIGINT NOT NULL PRIMARY KEY,
    tenant_id  ${uuid} NOT NULL,
    sequence   BIGINT NOT NULL,
    time       BIGINT NOT NULL,
    actor      ${uuid} NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    address    TEXT NOT NULL,
    request    ${uuid} NOT NULL,
    action     TEXT ${collate_c} NOT NULL,
    resource   TEXT ${collate_c} NOT NULL,
    outcome    TEXT NOT NULL,
    severity   TEXT NOT NULL,
    body       TEXT,
    salt       ${bytes},
    leaf_hash  ${bytes} NOT NULL
);

CREATE UNIQUE INDEX ledger_event_sequence ON ledger_event (tenant_id, sequence);
CREATE INDEX ledger_event_action ON ledger_event (tenant_id, action, sequence);
CREATE INDEX ledger_event_actor ON ledger_event (tenant_id, actor, sequence);
CREATE INDEX ledger_event_resource ON ledger_event (tenant_id, resource, sequence);
CREATE INDEX ledger_event_severity ON ledger_event (tenant_id, severity, sequence) WHERE severity <> 'INFO';
CREATE INDEX ledger_event_outcome ON ledger_event (tenant_id, outcome, sequence) WHERE outcome <> 'SUCCESS';

-- Committed, not yet in order: filled on PostgreSQL only, emptied by the sequencer.
-- tenant-isolation: ledger_pending
CREATE TABLE ledger_pending (
    id         ${uuid} NOT NULL PRIMARY KEY,
    tenant_id  ${uuid} NOT NULL,
    time       BIGINT NOT NULL,
    actor      ${uuid} NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    address    TEXT NOT NULL,
    request    ${uuid} NOT NULL,
    action     TEXT NOT NULL,
    resource   TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    severity   TEXT NOT NULL,
    body       TEXT NOT NULL
);

-- Hashes of complete subtrees of 256, 65,536, … leaves (level 1, 2, …), derived from the leaves.
CREATE TABLE ledger_tile (
    level    INTEGER NOT NULL,
    position BIGINT NOT NULL,
    hash     ${bytes} NOT NULL,
    PRIMARY KEY (level, position)
);

-- Signed tree heads, as C2SP signed notes.
CREATE TABLE ledger_checkpoint (
    size BIGINT NOT NULL PRIMARY KEY,
    time BIGINT NOT NULL,
    note TEXT NOT NULL
);

-- How far each reader has come, by global index.
CREATE TABLE ledger_cursor (
    name TEXT NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL
);

-- How often what happened, by day.
-- tenant-isolation: ledger_count
CREATE TABLE ledger_count (
    tenant_id ${uuid} NOT NULL,
    day       BIGINT NOT NULL,
    action    TEXT ${collate_c} NOT NULL,
    actor     ${uuid} NOT NULL,
    outcome   TEXT NOT NULL,
    events    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, day, action, actor, outcome)
);
