CREATE INDEX identity_session_expires ON identity_session (expires);
CREATE INDEX identity_failure_last ON identity_failure (tenant_id, last);
