-- path: as policy names it, `secrets/<service>/<account>`. expires: 9223372036854775807 is never.
CREATE TABLE vault_secret (
    tenant_id ${uuid} NOT NULL,
    id ${uuid} NOT NULL,
    path TEXT ${collate_c} NOT NULL,
    service TEXT ${collate_c} NOT NULL,
    account TEXT NOT NULL,
    state TEXT ${collate_c} NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    notes TEXT NOT NULL,
    tags TEXT NOT NULL,
    metadata TEXT NOT NULL,
    expires BIGINT NOT NULL,
    on_expiry TEXT ${collate_c} NOT NULL,
    keep_versions INTEGER NOT NULL,
    keep_days INTEGER,
    created BIGINT NOT NULL,
    created_by ${uuid} NOT NULL,
    created_by_kind TEXT NOT NULL,
    created_by_name TEXT NOT NULL,
    changed BIGINT NOT NULL,
    changed_by ${uuid} NOT NULL,
    changed_by_kind TEXT NOT NULL,
    changed_by_name TEXT NOT NULL,
    deleted BIGINT,
    destroys BIGINT,
    PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX vault_secret_path ON vault_secret (tenant_id, path);
CREATE INDEX vault_secret_list ON vault_secret (tenant_id, state, path);
CREATE INDEX vault_secret_folder ON vault_secret (tenant_id, state, service, path);
CREATE INDEX vault_secret_changed ON vault_secret (tenant_id, state, changed, id);
CREATE INDEX vault_secret_created ON vault_secret (tenant_id, state, created, id);
CREATE INDEX vault_secret_expires ON vault_secret (tenant_id, state, expires, id);
CREATE INDEX vault_secret_destroys ON vault_secret (tenant_id, destroys) WHERE destroys IS NOT NULL;
CREATE INDEX vault_secret_days ON vault_secret (tenant_id, id) WHERE keep_days IS NOT NULL;

-- Every state of a secret that is kept, each with a ciphertext of its own. epoch: of the tenant key that seals it.
CREATE TABLE vault_version (
    tenant_id ${uuid} NOT NULL,
    secret_id ${uuid} NOT NULL,
    version INTEGER NOT NULL,
    value ${bytes} NOT NULL,
    epoch INTEGER NOT NULL,
    value_mark ${bytes} NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    notes TEXT NOT NULL,
    tags TEXT NOT NULL,
    metadata TEXT NOT NULL,
    origin TEXT NOT NULL,
    source INTEGER,
    change_note TEXT NOT NULL,
    made BIGINT NOT NULL,
    made_by ${uuid} NOT NULL,
    made_by_kind TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    PRIMARY KEY (tenant_id, secret_id, version)
);

-- What a search finds a secret by, folded: TAG is a whole tag, WORD a word of its name, tags, notes or metadata.
CREATE TABLE vault_term (
    tenant_id ${uuid} NOT NULL,
    kind TEXT ${collate_c} NOT NULL,
    term TEXT ${collate_c} NOT NULL,
    secret_id ${uuid} NOT NULL,
    PRIMARY KEY (tenant_id, kind, term, secret_id)
);

CREATE INDEX vault_term_secret ON vault_term (tenant_id, secret_id);

-- tenant-isolation: vault_secret
-- tenant-isolation: vault_version
-- tenant-isolation: vault_term
