package holdfast.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The write connection and its transaction. Used by the writer's thread only; opened again after it broke.
final class SqliteWriter implements AutoCloseable {
    private final Jdbi jdbi;
    private final Runnable committed;
    private @Nullable Open open;

    /// @param jdbi      opens write connections
    /// @param committed called after each commit
    SqliteWriter(Jdbi jdbi, Runnable committed) {
        this.jdbi = jdbi;
        this.committed = committed;
    }

    void begin() throws SQLException {
        if (open == null) {
            open = new Open(jdbi.open());
        }
        open.begin.execute();
    }

    Handle handle() {
        return current().handle;
    }

    void savepoint() throws SQLException {
        current().savepoint.execute();
    }

    void release() throws SQLException {
        current().release.execute();
    }

    void rollbackToSavepoint() throws SQLException {
        current().kept.rolledBack();
        current().rollbackTo.execute();
    }

    void commit() throws SQLException {
        current().commit.execute();
        committed.run();
    }

    /// Ends the transaction, if the engine has not done so itself; a connection that cannot even do that is dropped.
    void rollback() {
        if (open == null) {
            return;
        }
        open.kept.rolledBack();
        try {
            open.rollback.execute();
        } catch (SQLException _) {
            close();
        }
    }

    @Override
    public void close() {
        var last = open;
        open = null;
        if (last != null) {
            last.close();
        }
    }

    private Open current() {
        if (open == null) {
            throw new IllegalStateException("no transaction");
        }
        return open;
    }

    /// A connection with the statements of every transaction, prepared once.
    private static final class Open implements AutoCloseable {
        private final Handle handle;
        private final PreparedOnce kept;
        private final List<PreparedStatement> statements = new ArrayList<>();
        private final PreparedStatement begin;
        private final PreparedStatement savepoint;
        private final PreparedStatement release;
        private final PreparedStatement rollbackTo;
        private final PreparedStatement commit;
        private final PreparedStatement rollback;

        Open(Handle handle) throws SQLException {
            this.handle = handle;
            this.kept = (PreparedOnce) handle.getStatementBuilder();
            this.begin = prepare("BEGIN IMMEDIATE");
            this.savepoint = prepare("SAVEPOINT one_write");
            this.release = prepare("RELEASE one_write");
            this.rollbackTo = prepare("ROLLBACK TO one_write");
            this.commit = prepare("COMMIT");
            this.rollback = prepare("ROLLBACK");
        }

        private PreparedStatement prepare(String sql) throws SQLException {
            var statement = handle.getConnection().prepareStatement(sql);
            statements.add(statement);
            return statement;
        }

        @Override
        public void close() {
            try {
                for (var statement : statements) {
                    statement.close();
                }
                handle.close();
            } catch (SQLException | RuntimeException _) {
                // it is dropped because it broke: nothing is lost with it
            }
        }
    }
}
