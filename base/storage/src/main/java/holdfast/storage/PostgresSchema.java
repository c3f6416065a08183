package holdfast.storage;

import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes PostgreSQL ready: migrates as the owner, isolates tenants, grants to the service, and sees that the service may not do more.
final class PostgresSchema {
    private static final long MIGRATION_LOCK = 0x686f6c6466617374L; // "holdfast"
    private static final String READ_COMMITTED = "read\\ committed";
    private static final String UNDEFINED_TABLE = "42P01";

    private final StorageConfig.Postgres config;

    PostgresSchema(StorageConfig.Postgres config) {
        if (!config.schema().matches("[a-z][a-z0-9_]{0,62}")) {
            throw Problem.UNAVAILABLE.because("not a schema name: " + config.schema());
        }
        this.config = config;
    }

    /// @param isolation level of isolation and further settings, as `options` of the connection
    /// @return the address with everything a connection needs but its role
    static String url(StorageConfig.Postgres config, String isolation) {
        var options = "-c default_transaction_isolation=" + isolation;
        return config.url()
                + (config.url().contains("?") ? "&" : "?")
                + "currentSchema="
                + config.schema()
                + "&logServerErrorDetail=false" // the detail quotes rows
                + "&stringtype=unspecified" // text goes into JSONB as it is
                + "&ApplicationName=holdfast&connectTimeout=5&tcpKeepAlive=true"
                + "&options="
                + URLEncoder.encode(options, StandardCharsets.UTF_8);
    }

    private Connection connect(StorageConfig.Role role, String isolation) throws SQLException {
        return DriverManager.getConnection(url(config, isolation), role.name(), role.password());
    }

    /// @throws holdfast.kernel.Refusal UNAVAILABLE
    void prepare(String program, List<Scripts> rooms) {
        try {
            if (!SchemaBook.due(held(), rooms, program).isEmpty()) {
                migrate(program, rooms);
            }
            requireHumbleService();
        } catch (SQLException e) {
            throw Failures.translated(e);
        }
    }

    private Map<String, SchemaBook.Held> held() throws SQLException {
        try (var connection = connect(config.service(), "serializable")) {
            return SchemaBook.read(connection);
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return Map.of();
            }
            throw e;
        }
    }

    private void migrate(String program, List<Scripts> rooms) throws SQLException {
        var owner =
                config.owner()
                        .orElseThrow(() ->
                                Problem.UNAVAILABLE.because(
                                        "the tables must be migrated: name the role that owns them"));
        try (var connection = connect(owner, READ_COMMITTED)) {
            run(connection, "SELECT pg_advisory_lock(" + MIGRATION_LOCK + ")");
            makeSchema(connection);
            SchemaBook.create(connection);
            var held = SchemaBook.read(connection);
            var due = SchemaBook.due(held, rooms, program);
            if (!due.isEmpty()) {
                requireBackup(connection, held);
            }
            for (var room : due) {
                Migration.run(
                        flyway ->
                                flyway.dataSource(
                                        url(config, READ_COMMITTED),
                                        owner.name(),
                                        owner.password()),
                        Database.Engine.POSTGRESQL,
                        room);
                connection.setAutoCommit(false);
                for (var table : room.isolated()) {
                    isolate(connection, table);
                }
                grant(connection, room);
                SchemaBook.put(connection, room);
                connection.commit();
                connection.setAutoCommit(true);
            }
        }
    }

    /// No role of ours may read the rows of all tenants past row-level security, so no complete backup can be made here.
    private void requireBackup(Connection connection, Map<String, SchemaBook.Held> held)
            throws SQLException {
        var state = SchemaBook.state(held);
        if (config.backedUp().equals(StorageConfig.Postgres.ALWAYS)
                || config.backedUp().equals(state)
                || !holdsRows(connection)) {
            return;
        }
        throw Problem.UNAVAILABLE.because(
                "this program changes the tables of the schema %1$s: back the database up (pg_dump, by a role that bypasses"
                                .formatted(config.schema())
                        + " row-level security), then start once with database-backed-up set to "
                        + state);
    }

    private boolean holdsRows(Connection connection) throws SQLException {
        run(connection, "SELECT set_config('holdfast.tenant', '" + TenantId.PLATFORM + "', false)");
        try {
            for (var table : tables(connection)) {
                try (var statement =
                        connection.prepareStatement("SELECT 1 FROM " + table + " LIMIT 1")) {
                    if (exists(statement)) {
                        return true;
                    }
                }
            }
            return false;
        } finally {
            run(connection, "SELECT set_config('holdfast.tenant', '', false)");
        }
    }

    /// {@return the tables of rooms, quoted; not what migrations keep}
    private List<String> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement =
                connection.prepareStatement(
                        """
                        SELECT quote_ident(tablename) FROM pg_tables
                         WHERE schemaname = ? AND tablename <> 'storage_schema'
                           AND tablename NOT LIKE '%!_schema!_history' ESCAPE '!'
                        """)) {
            statement.setString(1, config.schema());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
        }
        return tables;
    }

    private void makeSchema(Connection connection) throws SQLException {
        try (var statement =
                connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
            statement.setString(1, config.schema());
            if (!exists(statement)) {
                run(connection, "CREATE SCHEMA " + config.schema());
            }
        }
    }

    /// The owner itself is held by the policy too (FORCE).
    private static void isolate(Connection connection, String table) throws SQLException {
        run(connection, "ALTER TABLE %s ENABLE ROW LEVEL SECURITY".formatted(table));
        run(connection, "ALTER TABLE %s FORCE ROW LEVEL SECURITY".formatted(table));
        run(connection, "DROP POLICY IF EXISTS tenant_isolation ON " + table);
        run(
                connection,
                """
                CREATE POLICY tenant_isolation ON %s USING (
                    tenant_id = nullif(current_setting('holdfast.tenant', true), '')::uuid
                    OR current_setting('holdfast.tenant', true) = '%s')
                """
                        .formatted(table, TenantId.PLATFORM));
    }

    private void grant(Connection connection, Scripts room) throws SQLException {
        var service = connection.createStatement().enquoteIdentifier(config.service().name(), true);
        var schema = config.schema();
        for (var text :
                List.of(
                        "GRANT USAGE ON SCHEMA %s TO %s",
                        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %s TO %s",
                        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA %s TO %s")) {
            run(connection, text.formatted(schema, service));
        }
        for (var table : List.of("storage_schema", room.room() + "_schema_history")) {
            run(
                    connection,
                    "REVOKE INSERT, UPDATE, DELETE ON %s FROM %s".formatted(table, service));
        }
    }

    /// Row-level security holds nobody who owns the tables, may bypass it, or is a superuser.
    private void requireHumbleService() throws SQLException {
        try (var connection = connect(config.service(), "serializable");
                var mighty =
                        connection.prepareStatement(
                                """
                                SELECT 1 FROM pg_roles
                                 WHERE rolname = current_user AND (rolsuper OR rolbypassrls)
                                UNION ALL
                                SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                                 WHERE n.nspname = current_schema() AND pg_get_userbyid(c.relowner) = current_user
                                """)) {
            if (exists(mighty)) {
                throw Problem.UNAVAILABLE.because(
                        "the role %s must be no superuser, not bypass row-level security and own no table"
                                .formatted(config.service().name()));
            }
        }
    }

    private static boolean exists(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
