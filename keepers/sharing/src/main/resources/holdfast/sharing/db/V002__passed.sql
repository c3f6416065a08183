-- Shares that a tenant made of what another lent to it: it finds them by itself, whoever the owner is.
CREATE INDEX sharing_share_passed ON sharing_share (by_id, id) WHERE by_kind = 'TENANT';
