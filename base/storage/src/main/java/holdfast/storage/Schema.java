package holdfast.storage;

/// The tables of one room: numbered scripts `V001__what.sql` under `holdfast/<room>/db` of the room's resources.
///
/// One text serves both databases. Placeholders stand where a type differs: `${uuid}` (TEXT or UUID), `${bytes}`
/// (BLOB or BYTEA), `${json}` (TEXT or JSONB; canonical bytes belong in TEXT), `${identity}` (a whole definition of a
/// numbered primary key), `${collate_c}` (empty or COLLATE "C"), `${sqlite}` and `${postgresql}` (at the start of a line
/// that only this engine runs).
///
/// The line `-- tenant-isolation: <table>` forces PostgreSQL's row-level security on that table, with one policy:
/// `tenant_id` is the tenant named at the door, or that is the platform. On SQLite it does nothing.
/// The line `-- oldest-program: 1.2.0` names the oldest program that can work with the schema from this script on.
///
/// @param room   prefix of the room's tables and of its history table `<room>_schema_history`
/// @param anchor a class of the room, beside whose code the scripts are found
public record Schema(String room, Class<?> anchor) {}
