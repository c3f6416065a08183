-- What became of each turn of a job, for a month; on SQLite in the clock's own file. Times are milliseconds since the epoch.
${postgresql} CREATE TABLE cluster_turn (
${postgresql}     task_name     TEXT NOT NULL,
${postgresql}     task_instance TEXT NOT NULL,
${postgresql}     started       BIGINT NOT NULL,
${postgresql}     finished      BIGINT NOT NULL,
${postgresql}     error         TEXT,
${postgresql}     node          TEXT NOT NULL,
${postgresql}     PRIMARY KEY (task_name, task_instance, started, node)
${postgresql} );
${postgresql} CREATE INDEX cluster_turn_finished ON cluster_turn (finished);
