-- oldest-program: 0.1.0
CREATE TABLE second_counter (
    name  TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
${sqlite} CREATE TABLE second_only_sqlite (name TEXT);
${postgresql} CREATE TABLE second_only_postgresql (name TEXT);
