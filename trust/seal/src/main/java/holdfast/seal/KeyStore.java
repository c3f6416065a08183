package holdfast.seal;

import holdfast.kernel.Bytes;
import holdfast.kernel.TenantId;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// Keeps wrapped keys, apart from the data they open, so that no backup of the data contains them.
///
/// A file `keys.db` beside the main database, or the schema `holdfast_keys` on PostgreSQL. Safe for many threads.
public final class KeyStore implements AutoCloseable {
    private static final String ROOT_TABLE =
            """
            CREATE TABLE IF NOT EXISTS seal_root (
                id         INTEGER PRIMARY KEY CHECK (id = 1),
                generation INTEGER NOT NULL,
                method     TEXT NOT NULL,
                salt       ${bytes} NOT NULL,
                kibibytes  INTEGER NOT NULL,
                passes     INTEGER NOT NULL,
                lanes      INTEGER NOT NULL,
                wrapped    ${bytes} NOT NULL)
            """;
    private static final String TENANT_TABLE =
            """
            CREATE TABLE IF NOT EXISTS seal_tenant_key (
                tenant_id    TEXT NOT NULL,
                purpose      TEXT NOT NULL,
                epoch        INTEGER NOT NULL,
                wrapped      ${bytes},
                created_at   BIGINT NOT NULL,
                destroyed_at BIGINT,
                PRIMARY KEY (tenant_id, purpose, epoch))
            """;

    private static final String SERVICE_TABLE =
            """
            CREATE TABLE IF NOT EXISTS seal_service_key (
                purpose    TEXT NOT NULL,
                number     INTEGER NOT NULL,
                wrapped    ${bytes} NOT NULL,
                created_at BIGINT NOT NULL,
                PRIMARY KEY (purpose, number))
            """;

    private final KeySession session;

    private KeyStore(KeySession session) {
        this.session = session;
    }

    /// Opens `keys.db` in the state directory, which must belong to the service alone.
    ///
    /// @throws holdfast.kernel.Refusal SEALED when others may read it, naming the command that mends it
    public static KeyStore sqlite(Path stateDirectory) {
        OwnerOnly.createDirectory(stateDirectory);
        OwnerOnly.requireDirectory(stateDirectory);
        var file = stateDirectory.resolve("keys.db");
        OwnerOnly.createFile(file);
        return create(new KeySession.Sqlite(file), "BLOB");
    }

    /// Uses the schema `holdfast_keys`, which [#prepare] made.
    ///
    /// @param source connections of the service's role; stays the caller's to close
    public static KeyStore postgresql(DataSource source) {
        return new KeyStore(new KeySession.Postgresql(source));
    }

    /// Makes the schema `holdfast_keys` when it is missing, and lets the service's role read and change rows in it.
    ///
    /// @param owner   connections of the role that owns the tables
    /// @param service the role the server works with
    public static void prepare(DataSource owner, String service) {
        var session = new KeySession.Postgresql(owner);
        create(session, "BYTEA");
        var role = '"' + service.replace("\"", "\"\"") + '"';
        session.call(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("GRANT USAGE ON SCHEMA holdfast_keys TO " + role);
                return statement.execute(
                        "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA holdfast_keys TO "
                                + role);
            }
        });
    }

    private static KeyStore create(KeySession session, String bytes) {
        return session.call(connection -> {
            try (var statement = connection.createStatement()) {
                session.enterSetUp(statement);
                statement.execute(ROOT_TABLE.replace("${bytes}", bytes));
                statement.execute(TENANT_TABLE.replace("${bytes}", bytes));
                statement.execute(SERVICE_TABLE.replace("${bytes}", bytes));
            }
            return new KeyStore(session);
        });
    }

    /// {@return how the root key is unsealed: `key-file`, `passphrase` or `shares`; empty before the first start}
    public Optional<String> method() {
        return root().map(RootRow::method);
    }

    Optional<RootRow> root() {
        return session.call(connection -> {
            try (var query =
                            connection.prepareStatement(
                                    """
                                    SELECT generation, method, salt, kibibytes, passes, lanes, wrapped
                                      FROM seal_root
                                    """);
                    var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(rootRow(rows)) : Optional.empty();
            }
        });
    }

    /// {@return false when another node was first}
    boolean addRoot(RootRow row) {
        return session.call(connection -> {
            try (var insert =
                    connection.prepareStatement(
                            """
                            INSERT INTO seal_root
                                   (generation, method, salt, kibibytes, passes, lanes, wrapped, id)
                            VALUES (?, ?, ?, ?, ?, ?, ?, 1)
                                ON CONFLICT DO NOTHING
                            """)) {
                bind(insert, row);
                return insert.executeUpdate() == 1;
            }
        });
    }

    /// {@return false when it is no longer of the generation before `row`'s}
    boolean replaceRoot(RootRow row) {
        return session.call(connection -> {
            try (var update =
                    connection.prepareStatement(
                            """
                            UPDATE seal_root
                               SET generation = ?, method = ?, salt = ?,
                                   kibibytes = ?, passes = ?, lanes = ?, wrapped = ?
                             WHERE generation = ?
                            """)) {
                bind(update, row);
                update.setInt(8, row.generation() - 1);
                return update.executeUpdate() == 1;
            }
        });
    }

    /// {@return the key of this epoch, or of the newest when `epoch` is 0}
    Optional<TenantKeyRow> tenantKey(TenantId tenant, String purpose, int epoch) {
        return session.call(connection -> {
            try (var query =
                    connection.prepareStatement(
                            """
                            SELECT epoch, wrapped
                              FROM seal_tenant_key
                             WHERE tenant_id = ? AND purpose = ? AND epoch >= ?
                             ORDER BY CASE WHEN epoch = ? THEN 0 ELSE 1 END, epoch DESC
                             LIMIT 1
                            """)) {
                query.setString(1, tenant.toString());
                query.setString(2, purpose);
                query.setInt(3, epoch);
                query.setInt(4, epoch);
                try (var rows = query.executeQuery()) {
                    return rows.next() ? Optional.of(tenantRow(rows)) : Optional.empty();
                }
            }
        });
    }

    /// {@return false when another node was first, or the keys of this tenant were destroyed}
    boolean addTenantKey(TenantId tenant, String purpose, int epoch, Bytes wrapped, long now) {
        return session.call(connection -> {
            try (var insert =
                    connection.prepareStatement(
                            """
                            INSERT INTO seal_tenant_key (tenant_id, purpose, epoch, wrapped, created_at)
                            SELECT ?, ?, ?, ?, ?
                             WHERE NOT EXISTS (SELECT 1 FROM seal_tenant_key
                                                WHERE tenant_id = ? AND destroyed_at IS NOT NULL)
                                ON CONFLICT DO NOTHING
                            """)) {
                insert.setString(1, tenant.toString());
                insert.setString(2, purpose);
                insert.setInt(3, epoch);
                insert.setBytes(4, wrapped.toArray());
                insert.setLong(5, now);
                insert.setString(6, tenant.toString());
                return insert.executeUpdate() == 1;
            }
        });
    }

    /// {@return how many keys were overwritten}
    int destroyTenantKeys(TenantId tenant, long now) {
        return session.call(connection -> {
            try (var update =
                    connection.prepareStatement(
                            """
                            UPDATE seal_tenant_key
                               SET wrapped = NULL, destroyed_at = ?
                             WHERE tenant_id = ? AND destroyed_at IS NULL
                            """)) {
                update.setLong(1, now);
                update.setString(2, tenant.toString());
                return update.executeUpdate();
            }
        });
    }

    /// {@return the service keys of a purpose that were rotated in, the newest first}
    List<ServiceKeyRow> serviceKeys(String purpose) {
        return session.call(connection -> {
            try (var query =
                    connection.prepareStatement(
                            """
                            SELECT number, wrapped, created_at FROM seal_service_key
                             WHERE purpose = ? ORDER BY number DESC
                            """)) {
                query.setString(1, purpose);
                try (var rows = query.executeQuery()) {
                    var found = new ArrayList<ServiceKeyRow>();
                    while (rows.next()) {
                        found.add(
                                new ServiceKeyRow(
                                        rows.getInt("number"),
                                        Bytes.owning(rows.getBytes("wrapped")),
                                        rows.getLong("created_at")));
                    }
                    return found;
                }
            }
        });
    }

    /// {@return false when another node was first}
    boolean addServiceKey(String purpose, ServiceKeyRow row) {
        return session.call(connection -> {
            try (var insert =
                    connection.prepareStatement(
                            """
                            INSERT INTO seal_service_key (purpose, number, wrapped, created_at)
                            VALUES (?, ?, ?, ?)
                                ON CONFLICT DO NOTHING
                            """)) {
                insert.setString(1, purpose);
                insert.setInt(2, row.number());
                insert.setBytes(3, row.wrapped().toArray());
                insert.setLong(4, row.created());
                return insert.executeUpdate() == 1;
            }
        });
    }

    @Override
    public void close() {
        session.close();
    }

    private static void bind(PreparedStatement statement, RootRow row) throws SQLException {
        statement.setInt(1, row.generation());
        statement.setString(2, row.method());
        statement.setBytes(3, row.salt().toArray());
        statement.setInt(4, row.kibibytes());
        statement.setInt(5, row.passes());
        statement.setInt(6, row.lanes());
        statement.setBytes(7, row.wrapped().toArray());
    }

    private static RootRow rootRow(ResultSet row) throws SQLException {
        return new RootRow(
                row.getInt("generation"),
                row.getString("method"),
                Bytes.owning(row.getBytes("salt")),
                row.getInt("kibibytes"),
                row.getInt("passes"),
                row.getInt("lanes"),
                Bytes.owning(row.getBytes("wrapped")));
    }

    private static TenantKeyRow tenantRow(ResultSet row) throws SQLException {
        var wrapped = row.getBytes("wrapped");
        return new TenantKeyRow(
                row.getInt("epoch"),
                wrapped == null ? Optional.empty() : Optional.of(Bytes.owning(wrapped)));
    }

    /// How the root key is wrapped.
    ///
    /// @param generation grows with every change of method
    /// @param salt       of Argon2id; empty with a key file, and then the three costs are 0
    record RootRow(
            int generation,
            String method,
            Bytes salt,
            int kibibytes,
            int passes,
            int lanes,
            Bytes wrapped) {}

    /// One key of a tenant.
    ///
    /// @param wrapped by the root key; empty when it was destroyed
    record TenantKeyRow(int epoch, Optional<Bytes> wrapped) {}

    /// One key of the service itself.
    ///
    /// @param number  from 2; the first is derived and stands nowhere
    /// @param wrapped by the root key
    /// @param created microseconds since the epoch
    record ServiceKeyRow(int number, Bytes wrapped, long created) {}
}
