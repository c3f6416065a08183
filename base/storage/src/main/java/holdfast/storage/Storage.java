package holdfast.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;

/// Opens databases: creates or migrates the tables of every room, then lets callers in.
public final class Storage {
    private Storage() {}

    /// @param program version of this program, for example `0.1.0`
    /// @param schemas in the order of their dependence: what is referred to comes first
    /// @throws holdfast.kernel.Refusal UNAVAILABLE when another node holds the file, when the database is too new for this
    ///     program, or when PostgreSQL's role may do too much; the message says what to change
    public static Database open(StorageConfig config, String program, List<Schema> schemas) {
        var rooms = schemas.stream().map(Scripts::of).toList();
        return switch (config) {
            case StorageConfig.Sqlite sqlite -> SqliteDatabase.open(sqlite, program, rooms);
            case StorageConfig.Postgres postgres -> PostgresDatabase.open(postgres, program, rooms);
        };
    }

    /// {@return the database for reading only, beside a server that may be running; writes are refused}
    ///
    /// Makes and migrates nothing.
    ///
    /// @throws holdfast.kernel.Refusal UNAVAILABLE when there is no database
    public static Database look(StorageConfig config) {
        return switch (config) {
            case StorageConfig.Sqlite sqlite -> SqliteLook.open(sqlite);
            case StorageConfig.Postgres postgres -> PostgresDatabase.look(postgres);
        };
    }

    /// {@return connections of the service's role past the door, for a library that brings its own SQL; the caller closes it}
    ///
    /// No tenant is named on them, so they see no row that belongs to one.
    public static HikariDataSource connections(StorageConfig.Postgres config, int most) {
        var pool = PostgresDatabase.pool(config, "library", "read\\ committed", most);
        pool.setAutoCommit(true);
        return new HikariDataSource(pool);
    }
}
