-- The workload domains that the source is deleting, joined as in domains.
ALTER TABLE infrastructure_source ADD COLUMN leaving TEXT NOT NULL DEFAULT '';
