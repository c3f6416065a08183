package holdfast.storage;

import holdfast.kernel.Bytes;
import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.UnableToProduceResultException;
import org.jspecify.annotations.Nullable;

/// One statement of a hot path: bound by position (`?`), without Jdbi's parsing and its objects for each call.
///
/// For one thread, inside one transaction. On SQLite the statement stays prepared with its connection; the driver of
/// PostgreSQL keeps its own. What fails comes out as a failure of Jdbi, as from every other statement.
public final class Direct implements AutoCloseable {
    private final Handle tx;
    private final String sql;
    private final @Nullable PreparedOnce kept; // on SQLite
    private final PreparedStatement statement;
    private int position;

    private Direct(Handle tx, String sql) throws SQLException {
        this.tx = tx;
        this.sql = sql;
        this.kept = tx.getStatementBuilder() instanceof PreparedOnce once ? once : null;
        this.statement =
                kept == null
                        ? tx.getConnection().prepareStatement(sql)
                        : kept.lend(tx.getConnection(), sql);
    }

    /// @param sql a constant of the caller's own text
    public static Direct on(Handle tx, String sql) {
        try {
            return new Direct(tx, sql);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    public Direct bind(@Nullable String text) {
        return bound(at -> statement.setString(at, text));
    }

    public Direct bind(long number) {
        return bound(at -> statement.setLong(at, number));
    }

    public Direct bind(Optional<Integer> number) {
        return bound(at -> statement.setObject(at, number.orElse(null), java.sql.Types.INTEGER));
    }

    public Direct bind(UUID id) {
        return bound(at -> {
            if (kept == null) {
                statement.setObject(at, id);
            } else {
                statement.setString(at, id.toString());
            }
        });
    }

    public Direct bind(TenantId tenant) {
        return bind(tenant.value());
    }

    public Direct bind(Bytes bytes) {
        return bind(bytes.toArray());
    }

    public Direct bind(byte[] bytes) {
        return bound(at -> statement.setBytes(at, bytes));
    }

    /// As microseconds since the epoch.
    public Direct bind(Instant time) {
        return bind(Micros.of(time));
    }

    /// {@return the first row; empty when there is none}
    public <T> Optional<T> first(Reader<T> reader) {
        try (var row = statement.executeQuery()) {
            return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    public <T> List<T> list(Reader<T> reader) {
        var all = new ArrayList<T>();
        try (var row = statement.executeQuery()) {
            while (row.next()) {
                all.add(reader.read(row));
            }
        } catch (SQLException failure) {
            throw failed(failure);
        }
        return all;
    }

    /// {@return how many rows it changed; the next value is bound to the first place again}
    public int execute() {
        try {
            position = 0;
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /// Puts what is bound aside for [#executeAll].
    public void add() {
        try {
            statement.addBatch();
            position = 0;
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /// {@return how many rows each of those put aside changed}
    public int[] executeAll() {
        try {
            return statement.executeBatch();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void close() {
        try {
            if (kept == null) {
                statement.close();
            } else {
                kept.close(tx.getConnection(), sql, statement);
            }
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    private Direct bound(Binding binding) {
        try {
            binding.bind(++position);
            return this;
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /// The storage room knows what to make of it.
    private static UnableToProduceResultException failed(SQLException failure) {
        return new UnableToProduceResultException(failure);
    }

    /// Reads one row.
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    private interface Binding {
        void bind(int at) throws SQLException;
    }
}
