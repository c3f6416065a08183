package holdfast.storage;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Keeps the statements of one SQLite connection prepared, by their text: SQLite prepares for longer than it runs.
///
/// A connection serves one thread at a time, and so does this. The least used statements are let go, and with them what
/// they bound; a lent one is not in the map, so that the same text may run inside itself.
final class PreparedOnce implements StatementBuilder {
    private static final int MOST = 100; // statements
    private static final int LONGEST =
            2_500; // characters: long ones are lists of ids, hardly the same twice

    private static final AtomicLong OPENED = new AtomicLong();

    private final long number = OPENED.incrementAndGet(); // no connection has that of another
    private final boolean writer;
    private long rollbacks;
    private final LinkedHashMap<String, PreparedStatement> idle =
            new LinkedHashMap<>(16, 0.75f, true);

    /// See [WriterMemory].
    private final Map<Class<?>, Map<?, ?>> memories = new HashMap<>();

    /// @param writer whether this is the connection of the one writer
    PreparedOnce(boolean writer) {
        this.writer = writer;
    }

    @Override
    public PreparedStatement create(
            Connection connection, String sql, @Nullable StatementContext context)
            throws SQLException {
        return lend(connection, sql);
    }

    PreparedStatement lend(Connection connection, String sql) throws SQLException {
        var kept = idle.remove(sql);
        return kept == null || kept.isClosed() ? connection.prepareStatement(sql) : kept;
    }

    /// Notes that something on the connection was taken back.
    void rolledBack() {
        rollbacks++;
        memories.clear();
    }

    Map<Class<?>, Map<?, ?>> memories() {
        return memories;
    }

    boolean isWriter() {
        return writer;
    }

    long number() {
        return number;
    }

    long rollbacks() {
        return rollbacks;
    }

    /// Takes a statement back.
    @Override
    public void close(Connection connection, @Nullable String sql, Statement statement)
            throws SQLException {
        if (sql == null
                || sql.length() > LONGEST
                || !(statement instanceof PreparedStatement prepared)
                || statement.isClosed()) {
            statement.close();
            return;
        }
        prepared.clearBatch();
        prepared.clearParameters();
        var other = idle.put(sql, prepared);
        if (other != null) {
            other.close();
        }
        if (idle.size() > MOST) {
            idle.pollFirstEntry().getValue().close();
        }
    }

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return connection.createStatement();
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return connection.prepareCall(sql);
    }

    /// Ends all of them, before their connection does.
    @Override
    public void close(Connection connection) {
        for (var statement : new ArrayList<>(idle.values())) {
            try {
                statement.close();
            } catch (SQLException _) {
                // it ends with its connection
            }
        }
        idle.clear();
    }
}
