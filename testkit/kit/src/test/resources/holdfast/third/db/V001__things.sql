CREATE TABLE third_thing (name TEXT PRIMARY KEY);
