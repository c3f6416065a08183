CREATE INDEX tenancy_quota_counted ON tenancy_quota (quota, tenant_id);
CREATE INDEX tenancy_quota_apart ON tenancy_quota (quota, tenant_id) WHERE overridden;
