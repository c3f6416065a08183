-- lent: 1 where it is part of its giver's own right and ends with that.
ALTER TABLE access_grant ADD COLUMN lent INTEGER NOT NULL DEFAULT 0;
