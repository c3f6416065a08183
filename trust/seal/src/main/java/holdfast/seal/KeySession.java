package holdfast.seal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/// Connections to a key store: runs work in a transaction of its own.
interface KeySession {
    <T> T call(Work<T> work);

    /// Lets one node at a time make the tables.
    void enterSetUp(Statement statement) throws SQLException;

    void close();

    /// What is done in one transaction.
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /// One connection for the whole process: keys are read rarely.
    final class Sqlite implements KeySession {
        private final ReentrantLock lock = new ReentrantLock();
        private final Connection connection;

        Sqlite(Path file) {
            try {
                connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                try (var statement = connection.createStatement()) {
                    statement.execute("PRAGMA busy_timeout = 10000");
                    statement.execute("PRAGMA journal_mode = DELETE");
                    statement.execute("PRAGMA synchronous = FULL");
                    statement.execute("PRAGMA secure_delete = ON");
                }
            } catch (SQLException e) {
                throw unavailable(e);
            }
        }

        @Override
        public <T> T call(Work<T> work) {
            lock.lock();
            try {
                return work.on(connection); // each is one statement: its own transaction
            } catch (SQLException e) {
                throw unavailable(e);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void enterSetUp(Statement statement) {
            // the file's own lock is enough
        }

        @Override
        public void close() {
            lock.lock();
            try {
                connection.close();
            } catch (SQLException e) {
                throw unavailable(e);
            } finally {
                lock.unlock();
            }
        }
    }

    /// A transaction of the pool for each call, in the keys' own schema.
    record Postgresql(DataSource source) implements KeySession {
        @Override
        public <T> T call(Work<T> work) {
            try (var connection = source.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    try (var statement = connection.createStatement()) {
                        statement.execute("SET LOCAL search_path = holdfast_keys");
                    }
                    var result = work.on(connection);
                    connection.commit();
                    return result;
                } finally {
                    connection.rollback(); // after a commit there is nothing left to undo
                    connection.setAutoCommit(true);
                }
            } catch (SQLException e) {
                throw unavailable(e);
            }
        }

        @Override
        public void enterSetUp(Statement statement) throws SQLException {
            statement.execute("SELECT pg_advisory_xact_lock(4702111234234)");
            statement.execute("CREATE SCHEMA IF NOT EXISTS holdfast_keys");
        }

        @Override
        public void close() {
            // the pool belongs to whoever made it
        }
    }

    private static RuntimeException unavailable(SQLException cause) {
        return new IllegalStateException("the key store does not answer", cause);
    }
}
