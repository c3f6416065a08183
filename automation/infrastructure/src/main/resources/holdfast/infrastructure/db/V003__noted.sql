-- The generation whose findings are noted; they are found anew when it is another than the published one.
ALTER TABLE infrastructure_source ADD COLUMN noted BIGINT NOT NULL DEFAULT -1;
