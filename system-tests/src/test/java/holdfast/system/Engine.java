package holdfast.system;

/// Where a server under test keeps its rows.
enum Engine {
    SQLITE,
    POSTGRESQL
}
