package holdfast.cluster;

import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// `jobs.db`: the clock's own file on SQLite, because the main database has one writer.
final class JobFile {
    /// Lost on a power cut at worst: what it holds is derived again at start.
    private static final String TABLE =
            """
            CREATE TABLE IF NOT EXISTS cluster_job (
                task_name            TEXT NOT NULL,
                task_instance        TEXT NOT NULL,
                task_data            BLOB,
                execution_time       TEXT NOT NULL,
                picked               INTEGER NOT NULL,
                picked_by            TEXT,
                last_success         TEXT,
                last_failure         TEXT,
                consecutive_failures INTEGER,
                last_heartbeat       TEXT,
                version              INTEGER NOT NULL,
                priority             INTEGER,
                PRIMARY KEY (task_name, task_instance)
            )
            """;

    private JobFile() {}

    static DataSource open(Path directory) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(5_000); // ms
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + directory.resolve("jobs.db"));
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(TABLE);
            return source;
        } catch (SQLException failure) {
            throw new IllegalStateException("jobs.db cannot be used", failure);
        }
    }
}
