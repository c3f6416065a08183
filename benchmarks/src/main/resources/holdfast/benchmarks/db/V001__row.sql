CREATE TABLE benchmarks_row (
    id BIGINT PRIMARY KEY,
    content TEXT NOT NULL
);
