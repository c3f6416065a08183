CREATE INDEX access_grant_principal ON access_grant (tenant_id, principal_id);
CREATE INDEX access_grant_ending ON access_grant (tenant_id, expires) WHERE lent = 1;
