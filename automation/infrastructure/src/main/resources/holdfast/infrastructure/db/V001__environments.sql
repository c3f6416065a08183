CREATE TABLE infrastructure_environment (
    tenant_id ${uuid} NOT NULL,
    id ${uuid} NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT ${collate_c} NOT NULL,
    description TEXT NOT NULL,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX infrastructure_environment_name ON infrastructure_environment (tenant_id, name_folded);

-- generation: the published one; rows of a later one are staged and not seen.
-- fence: grows with every run; a run that lost its turn finds another number and stops.
CREATE TABLE infrastructure_source (
    tenant_id ${uuid} NOT NULL,
    environment_id ${uuid} NOT NULL,
    kind TEXT ${collate_c} NOT NULL,
    id ${uuid} NOT NULL,
    configured INTEGER NOT NULL,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    username TEXT NOT NULL,
    password ${bytes},
    password_version INTEGER NOT NULL,
    trust_mode TEXT NOT NULL,
    trust_fingerprint TEXT,
    trust_pem TEXT,
    schedule_minutes INTEGER NOT NULL,
    stopped INTEGER NOT NULL,
    status TEXT NOT NULL,
    failure TEXT,
    appliance_version TEXT,
    last_run BIGINT,
    last_success BIGINT,
    next_run BIGINT,
    expiry_checked BIGINT,
    run_id ${uuid},
    held_run_id ${uuid},
    lease_until BIGINT NOT NULL,
    fence BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    present INTEGER NOT NULL,
    drifted INTEGER NOT NULL,
    domains TEXT NOT NULL,
    PRIMARY KEY (tenant_id, environment_id, kind)
);

CREATE TABLE infrastructure_run (
    tenant_id ${uuid} NOT NULL,
    id ${uuid} NOT NULL,
    environment_id ${uuid} NOT NULL,
    trigger_kind TEXT NOT NULL,
    started_by TEXT NOT NULL,
    started BIGINT NOT NULL,
    finished BIGINT,
    status TEXT ${collate_c} NOT NULL,
    sources TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE INDEX infrastructure_run_environment ON infrastructure_run (tenant_id, environment_id, started, id);
CREATE INDEX infrastructure_run_open ON infrastructure_run (status) WHERE status = 'RUNNING';

-- One row for each state a credential was or will be in; seen when since <= generation of its source < until.
CREATE TABLE infrastructure_credential (
    tenant_id ${uuid} NOT NULL,
    environment_id ${uuid} NOT NULL,
    source TEXT ${collate_c} NOT NULL,
    id ${uuid} NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    state TEXT ${collate_c} NOT NULL,
    external_id TEXT NOT NULL,
    resource_type TEXT ${collate_c} NOT NULL,
    resource_name TEXT NOT NULL,
    resource_folded TEXT ${collate_c} NOT NULL,
    resource_ip TEXT NOT NULL,
    username TEXT NOT NULL,
    username_folded TEXT ${collate_c} NOT NULL,
    credential_type TEXT ${collate_c} NOT NULL,
    account_type TEXT ${collate_c} NOT NULL,
    domains TEXT ${collate_c} NOT NULL,
    version INTEGER NOT NULL,
    value_mark ${bytes},
    readable INTEGER NOT NULL,
    expires BIGINT NOT NULL,
    expiry_checked BIGINT,
    connectivity TEXT NOT NULL,
    rotate_days INTEGER,
    next_rotation BIGINT,
    changed_at_source BIGINT,
    changed BIGINT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen BIGINT,
    gone_since BIGINT,
    drift INTEGER NOT NULL,
    counterpart ${uuid},
    search TEXT ${collate_c} NOT NULL,
    PRIMARY KEY (tenant_id, id, since)
);

-- The grid: everything its filters and sort orders need, so that a window is read from the index alone.
CREATE INDEX infrastructure_credential_grid ON infrastructure_credential (
    tenant_id, environment_id, state, resource_folded, id, since, until, source, resource_type, username_folded,
    credential_type, account_type, domains, expires, changed, drift, search);
CREATE INDEX infrastructure_credential_expiry ON infrastructure_credential (tenant_id, expires, environment_id, source, since, until)
    WHERE state = 'PRESENT' AND expires < 9223372036854775806;
CREATE INDEX infrastructure_credential_closed ON infrastructure_credential (tenant_id, environment_id, source, until)
    WHERE until < 9223372036854775807;
CREATE INDEX infrastructure_credential_since ON infrastructure_credential (tenant_id, environment_id, source, since);

-- Every value a credential ever had. A version above that of the seen row is staged.
CREATE TABLE infrastructure_version (
    tenant_id ${uuid} NOT NULL,
    credential_id ${uuid} NOT NULL,
    version INTEGER NOT NULL,
    environment_id ${uuid} NOT NULL,
    source TEXT ${collate_c} NOT NULL,
    generation BIGINT NOT NULL,
    value ${bytes} NOT NULL,
    seen BIGINT NOT NULL,
    changed_at_source BIGINT,
    trigger_kind TEXT NOT NULL,
    started_by TEXT NOT NULL,
    run_id ${uuid} NOT NULL,
    PRIMARY KEY (tenant_id, credential_id, version)
);

CREATE INDEX infrastructure_version_generation ON infrastructure_version (tenant_id, environment_id, source, generation);

-- tenant-isolation: infrastructure_environment
-- tenant-isolation: infrastructure_source
-- tenant-isolation: infrastructure_run
-- tenant-isolation: infrastructure_credential
-- tenant-isolation: infrastructure_version
