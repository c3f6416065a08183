-- What came of writes that named an Idempotency-Key, for a day. request: HMAC of all that the write was told by.
-- status: empty while it is worked on, or was cut short.
CREATE TABLE identity_repeat (
    tenant_id ${uuid} NOT NULL,
    principal_id ${uuid} NOT NULL,
    name TEXT ${collate_c} NOT NULL,
    request ${bytes} NOT NULL,
    made BIGINT NOT NULL,
    status INTEGER,
    location TEXT,
    tag TEXT,
    PRIMARY KEY (tenant_id, principal_id, name)
);

CREATE INDEX identity_repeat_made ON identity_repeat (tenant_id, made);

-- tenant-isolation: identity_repeat
