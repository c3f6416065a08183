package holdfast.storage;

import holdfast.kernel.Bytes;
import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// Reads columns the same way on both engines. What it reads is bound as it is: `UUID`, `TenantId`, `Bytes`, `Instant`.
public final class Rows {
    private Rows() {}

    /// {@return a `${uuid}` column that is never null}
    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return UUID.fromString(row.getString(column));
    }

    public static Optional<UUID> optionalUuid(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(UUID::fromString);
    }

    public static TenantId tenant(ResultSet row, String column) throws SQLException {
        return new TenantId(uuid(row, column));
    }

    /// {@return a `${bytes}` column that is never null}
    public static Bytes bytes(ResultSet row, String column) throws SQLException {
        return Bytes.owning(row.getBytes(column));
    }

    public static Optional<Bytes> optionalBytes(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBytes(column)).map(Bytes::owning);
    }

    /// {@return microseconds since the epoch, as they stand in a `BIGINT`}
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return Micros.toInstant(row.getLong(column));
    }

    public static Optional<Instant> optionalInstant(ResultSet row, String column)
            throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Micros.toInstant(micros));
    }

    public static OptionalLong optionalLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    public static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
