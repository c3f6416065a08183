-- path: as policy names it, `keys/<name>`. folded: the name in small letters, for searches. revision: moves with every change.
CREATE TABLE keys_key (
    tenant_id ${uuid} NOT NULL,
    id ${uuid} NOT NULL,
    path TEXT ${collate_c} NOT NULL,
    name TEXT ${collate_c} NOT NULL,
    folded TEXT ${collate_c} NOT NULL,
    type TEXT ${collate_c} NOT NULL,
    state TEXT ${collate_c} NOT NULL,
    version INTEGER NOT NULL,
    least_opening INTEGER NOT NULL,
    least_sealing INTEGER NOT NULL,
    deletion_allowed BOOLEAN NOT NULL,
    revision INTEGER NOT NULL,
    created BIGINT NOT NULL,
    created_by ${uuid} NOT NULL,
    created_by_kind TEXT NOT NULL,
    created_by_name TEXT NOT NULL,
    changed BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX keys_key_path ON keys_key (tenant_id, path);
CREATE INDEX keys_key_created ON keys_key (tenant_id, created, id);
CREATE INDEX keys_key_changed ON keys_key (tenant_id, changed, id);

-- material: the key sealed for its place; NULL once the version is destroyed. public_key: of a pair, DER.
CREATE TABLE keys_version (
    tenant_id ${uuid} NOT NULL,
    key_id ${uuid} NOT NULL,
    version INTEGER NOT NULL,
    material ${bytes},
    public_key ${bytes},
    made BIGINT NOT NULL,
    destroyed BIGINT,
    PRIMARY KEY (tenant_id, key_id, version)
);

-- tenant-isolation: keys_key
-- tenant-isolation: keys_version
