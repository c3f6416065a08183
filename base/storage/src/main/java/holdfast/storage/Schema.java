package holdfast.storage;

/// The tables of one room: numbered scripts `V001__what.sql` under `holdfast/<room>/db` of the room's resources.
///
/// One text serves both databases; placeholders stand where a type differs: `${uuid}` (BLOB-free TEXT or UUID),
/// `${bytes}` (BLOB or BYTEA), `${json}` (TEXT or JSONB), `${collate_c}` (empty or COLLATE "C"),
/// `${tenant_isolation(table)}` is written as the line `-- tenant-isolation: <table>` and becomes PostgreSQL's
/// row-level security, forced, with one policy on `tenant_id`.
///
/// @param room   prefix of the room's tables, and the name of its history table
/// @param anchor a class of the room, whose class loader finds the scripts
public record Schema(String room, Class<?> anchor) {}
