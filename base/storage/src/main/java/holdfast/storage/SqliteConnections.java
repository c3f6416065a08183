package holdfast.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// Opens connections to one SQLite file, all with the same settings.
///
/// @param secureDelete overwrites what is deleted with zeroes
record SqliteConnections(Path file, boolean secureDelete) {
    private static final int BUSY = 5_000; // milliseconds

    /// Every event touches its leaf of the index by resource: with SQLite's 2,000 the writer reads pages again and again.
    private static final int WRITER_CACHE = 24_000; // KiB at most

    Connection writer() throws SQLException {
        var connection = source(true).getConnection();
        run(connection, "PRAGMA synchronous = FULL");
        run(connection, "PRAGMA case_sensitive_like = ON"); // as on PostgreSQL
        run(connection, "PRAGMA secure_delete = " + (secureDelete ? "ON" : "OFF"));
        run(connection, "PRAGMA cache_size = -" + WRITER_CACHE);
        run(connection, "PRAGMA journal_size_limit = 67108864"); // bytes: 64 MiB
        run(
                connection,
                "PRAGMA wal_autocheckpoint = 16384"); // pages: when Checkpoints falls behind
        return connection;
    }

    /// For [Checkpoints].
    Connection copier() throws SQLException {
        var connection = source(true).getConnection();
        run(connection, "PRAGMA synchronous = FULL");
        return connection;
    }

    Connection reader() throws SQLException {
        var connection = source(true).getConnection();
        run(connection, "PRAGMA case_sensitive_like = ON"); // as on PostgreSQL
        run(connection, "PRAGMA query_only = ON");
        return connection;
    }

    /// Foreign keys are off while tables are rebuilt (sqlite.org/lang_altertable.html §7); they are checked afterwards.
    SQLiteDataSource migrator() {
        return source(false);
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private SQLiteDataSource source(boolean foreignKeys) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(foreignKeys);
        config.setBusyTimeout(BUSY);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setGetGeneratedKeys(false);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }
}
