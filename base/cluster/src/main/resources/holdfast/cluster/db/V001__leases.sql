-- Who may do what alone, until when; the token grows with every holder.
CREATE TABLE cluster_lease (
    tenant_id ${uuid} NOT NULL,
    name      TEXT NOT NULL,
    token     BIGINT NOT NULL,
    holder    TEXT NOT NULL,
    expires   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, name)
);
-- tenant-isolation: cluster_lease
