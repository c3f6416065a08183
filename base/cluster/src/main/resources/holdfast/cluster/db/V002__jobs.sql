-- The clock of several nodes; on SQLite it has a file of its own.
${postgresql} CREATE TABLE cluster_job (
${postgresql}     task_name            TEXT NOT NULL,
${postgresql}     task_instance        TEXT NOT NULL,
${postgresql}     task_data            BYTEA,
${postgresql}     execution_time       TIMESTAMPTZ NOT NULL,
${postgresql}     picked               BOOLEAN NOT NULL,
${postgresql}     picked_by            TEXT,
${postgresql}     last_success         TIMESTAMPTZ,
${postgresql}     last_failure         TIMESTAMPTZ,
${postgresql}     consecutive_failures INTEGER,
${postgresql}     last_heartbeat       TIMESTAMPTZ,
${postgresql}     version              BIGINT NOT NULL,
${postgresql}     priority             SMALLINT,
${postgresql}     PRIMARY KEY (task_name, task_instance)
${postgresql} );
${postgresql} CREATE INDEX cluster_job_due ON cluster_job (execution_time);
