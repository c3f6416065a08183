CREATE TABLE sample_note (
    tenant_id ${uuid} NOT NULL,
    id        ${uuid} NOT NULL,
    title     TEXT ${collate_c} NOT NULL,
    content   ${bytes},
    extra     ${json},
    at        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, title)
);
-- tenant-isolation: sample_note

CREATE TABLE sample_number (
    number ${identity},
    note   TEXT NOT NULL
);
