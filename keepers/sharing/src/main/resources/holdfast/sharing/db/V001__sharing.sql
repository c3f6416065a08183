-- path: of the secret, as policy names it. expires: 9223372036854775807 is never. sought: folded, for the search.
-- received: what the tenant it was offered to calls it in its own policy.
CREATE TABLE sharing_share (
    tenant_id ${uuid} NOT NULL,
    id ${uuid} NOT NULL,
    secret_id ${uuid} NOT NULL,
    path TEXT ${collate_c} NOT NULL,
    service TEXT NOT NULL,
    account TEXT NOT NULL,
    permission TEXT ${collate_c} NOT NULL,
    with_kind TEXT ${collate_c} NOT NULL,
    with_id ${uuid},
    with_name TEXT ${collate_c} NOT NULL,
    received TEXT ${collate_c} NOT NULL,
    by_id ${uuid} NOT NULL,
    by_kind TEXT NOT NULL,
    by_name TEXT NOT NULL,
    created BIGINT NOT NULL,
    accepted BIGINT,
    expires BIGINT NOT NULL,
    revoked BIGINT,
    revoked_by ${uuid},
    revoked_by_kind TEXT,
    revoked_by_name TEXT,
    metadata TEXT NOT NULL,
    sought TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE INDEX sharing_share_secret ON sharing_share (tenant_id, secret_id, id);
CREATE INDEX sharing_share_by ON sharing_share (tenant_id, by_id, id);
CREATE INDEX sharing_share_with ON sharing_share (with_id, id);
CREATE INDEX sharing_share_role ON sharing_share (tenant_id, with_name, id) WHERE with_kind = 'ROLE';

-- token: SHA-256 of the secret part. misses: how often somebody named another audience.
CREATE TABLE sharing_link (
    tenant_id ${uuid} NOT NULL,
    id ${uuid} NOT NULL,
    token ${bytes} NOT NULL,
    secret_id ${uuid} NOT NULL,
    path TEXT ${collate_c} NOT NULL,
    uses INTEGER NOT NULL,
    uses_left INTEGER NOT NULL,
    misses INTEGER NOT NULL,
    audience TEXT NOT NULL,
    addresses TEXT NOT NULL,
    note TEXT NOT NULL,
    by_id ${uuid} NOT NULL,
    by_kind TEXT NOT NULL,
    by_name TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    last_used BIGINT,
    revoked BIGINT,
    revoked_by ${uuid},
    revoked_by_kind TEXT,
    revoked_by_name TEXT,
    PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX sharing_link_token ON sharing_link (token);
CREATE INDEX sharing_link_secret ON sharing_link (tenant_id, secret_id, id);

-- tenant-isolation: sharing_share
-- tenant-isolation: sharing_link
