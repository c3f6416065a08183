package holdfast.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies the write-ahead log into the database file beside the writer, so that no write waits for it.
///
/// SQLite would do it inside the commit that makes the log long: many pages and two syncs while everybody waits. The writer
/// does so still when the log grows faster than it is copied here ([SqliteConnections#writer]).
final class Checkpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final int ENOUGH =
            4_000; // pages: a page that changes again before that is copied once
    private static final Duration REST = Duration.ofMillis(50); // between looks at the log

    private final Opening opening;
    private final Semaphore committed = new Semaphore(0);
    private final Thread thread;

    /// Opens the connection that copies.
    interface Opening {
        Connection open() throws SQLException;
    }

    Checkpoints(Opening opening) {
        this.opening = opening;
        this.thread = Thread.ofPlatform().name("storage-checkpoints").unstarted(this::serve);
    }

    void start() {
        thread.start();
    }

    /// Tells that the log may have grown. Never waits.
    void committed() {
        if (committed.availablePermits() == 0) {
            committed.release();
        }
    }

    private void serve() {
        while (!Thread.currentThread().isInterrupted()) {
            try (var connection = opening.open();
                    var statement = connection.createStatement()) {
                follow(statement);
            } catch (SQLException failure) {
                LOG.atWarn()
                        .addKeyValue("code", failure.getErrorCode())
                        .log("log not copied, comes again");
                rest();
            }
        }
    }

    private void follow(Statement statement) throws SQLException {
        while (rest()) {
            if (behind(statement) >= ENOUGH) {
                statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            }
        }
    }

    /// {@return false when it is time to end}
    private boolean rest() {
        try {
            Thread.sleep(REST);
            committed.acquire();
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// {@return how many pages the log has that are not in the database file yet}
    private static int behind(Statement statement) throws SQLException {
        try (var row = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
            return row.next() ? row.getInt("log") - row.getInt("checkpointed") : 0;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true; // the connection is closed first
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
