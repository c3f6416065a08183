CREATE TABLE identity_user (
    tenant_id ${uuid} NOT NULL,
    id ${uuid} NOT NULL PRIMARY KEY,
    name TEXT ${collate_c} NOT NULL,
    folded TEXT ${collate_c} NOT NULL UNIQUE,
    full_name TEXT NOT NULL,
    email TEXT NOT NULL,
    password TEXT ${collate_c} NOT NULL,
    must_change BOOLEAN NOT NULL,
    disabled BOOLEAN NOT NULL,
    created BIGINT NOT NULL,
    last_sign_in BIGINT,
    version BIGINT NOT NULL
);

CREATE TABLE identity_session (
    tenant_id ${uuid} NOT NULL,
    id ${uuid} NOT NULL PRIMARY KEY,
    token_hash ${bytes} NOT NULL UNIQUE,
    user_id ${uuid} NOT NULL,
    created BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    confirmed BIGINT NOT NULL,
    address TEXT NOT NULL,
    client TEXT NOT NULL
);

CREATE INDEX identity_session_user ON identity_session (user_id);

CREATE TABLE identity_token (
    tenant_id ${uuid} NOT NULL,
    id ${uuid} NOT NULL PRIMARY KEY,
    token_hash ${bytes} NOT NULL UNIQUE,
    user_id ${uuid} NOT NULL,
    name TEXT NOT NULL,
    prefix TEXT ${collate_c} NOT NULL,
    permissions TEXT ${collate_c} NOT NULL,
    addresses TEXT ${collate_c} NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    last_used BIGINT
);

CREATE INDEX identity_token_user ON identity_token (user_id);

CREATE TABLE identity_failure (
    tenant_id ${uuid} NOT NULL,
    subject TEXT ${collate_c} NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    last BIGINT NOT NULL,
    locked_until BIGINT NOT NULL
);

CREATE TABLE identity_state (
    tenant_id ${uuid} NOT NULL,
    name TEXT ${collate_c} NOT NULL PRIMARY KEY,
    value TEXT ${collate_c} NOT NULL
);

-- tenant-isolation: identity_user
-- tenant-isolation: identity_session
-- tenant-isolation: identity_token
-- tenant-isolation: identity_failure
-- tenant-isolation: identity_state
