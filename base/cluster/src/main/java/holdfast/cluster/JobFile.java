package holdfast.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// `jobs.db`: the clock's own file on SQLite, because the main database has one writer.
final class JobFile {
    /// Lost on a power cut at worst: what it holds is derived again at start. Times are milliseconds since the epoch, as the
    /// driver binds them; in a TEXT column it could not read them back.
    private static final String TABLE =
            """
            CREATE TABLE IF NOT EXISTS cluster_job (
                task_name            TEXT NOT NULL,
                task_instance        TEXT NOT NULL,
                task_data            BLOB,
                execution_time       INTEGER NOT NULL,
                picked               INTEGER NOT NULL,
                picked_by            TEXT,
                last_success         INTEGER,
                last_failure         INTEGER,
                consecutive_failures INTEGER,
                last_heartbeat       INTEGER,
                version              INTEGER NOT NULL,
                priority             INTEGER,
                PRIMARY KEY (task_name, task_instance)
            )
            """;

    private static final String TURNS =
            """
            CREATE TABLE IF NOT EXISTS cluster_turn (
                task_name     TEXT NOT NULL,
                task_instance TEXT NOT NULL,
                started       INTEGER NOT NULL,
                finished      INTEGER NOT NULL,
                error         TEXT,
                node          TEXT NOT NULL,
                PRIMARY KEY (task_name, task_instance, started, node)
            )
            """;

    private static final Set<PosixFilePermission> MODE =
            PosixFilePermissions.fromString("rw-------");

    private JobFile() {}

    static DataSource open(Path directory) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(5_000); // ms
        var source = new SQLiteDataSource(config);
        var file = directory.resolve("jobs.db");
        source.setUrl("jdbc:sqlite:" + file);
        privately(file);
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(TABLE);
            statement.execute(TURNS);
            statement.execute(
                    "CREATE INDEX IF NOT EXISTS cluster_turn_finished ON cluster_turn (finished)");
            return source;
        } catch (SQLException failure) {
            throw new IllegalStateException("jobs.db cannot be used", failure);
        }
    }

    /// SQLite gives `-wal` and `-shm` the mode of this file, so it is made first.
    private static void privately(Path file) {
        try {
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(file, MODE);
            } else {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(MODE));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("jobs.db cannot be made", failure);
        }
    }
}
