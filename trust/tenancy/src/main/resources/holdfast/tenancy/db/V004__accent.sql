ALTER TABLE tenancy_settings ADD COLUMN accent TEXT ${collate_c} NOT NULL DEFAULT 'BLUE';
