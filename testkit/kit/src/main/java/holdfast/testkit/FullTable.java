package holdfast.testkit;

import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.storage.StorageConfig;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/// Leaves one table without room, while the others can be written as before: what comes of a disk that is almost full.
///
/// On SQLite the file may not grow and each row of the table would need more than there is: the engine itself says
/// SQLITE_FULL. PostgreSQL is made to say `disk_full`.
public final class FullTable {
    private static final List<String> SQLITE =
            List.of(
                    "CREATE TABLE ballast (block BLOB)",
                    """
                    CREATE TRIGGER ballast_insert BEFORE INSERT ON %1$s
                    BEGIN INSERT INTO ballast VALUES (zeroblob(1000000)); END
                    """,
                    """
                    CREATE TRIGGER ballast_update BEFORE UPDATE ON %1$s
                    BEGIN INSERT INTO ballast VALUES (zeroblob(1000000)); END
                    """);
    private static final List<String> POSTGRESQL =
            List.of(
                    """
                    CREATE FUNCTION ballast() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'full' USING ERRCODE = 'disk_full'; END $$
                    """,
                    """
                    CREATE TRIGGER ballast BEFORE INSERT OR UPDATE ON %1$s
                    FOR EACH STATEMENT EXECUTE FUNCTION ballast()
                    """);

    private final TestDatabase.Place place;
    private final Database database;

    private FullTable(TestDatabase.Place place, Database database) {
        this.place = place;
        this.database = database;
    }

    public static FullTable of(String table, TestDatabase.Place place, Database database) {
        var full = new FullTable(place, database);
        if (place.config() instanceof StorageConfig.Postgres postgres) {
            POSTGRESQL.forEach(sql -> asOwner(postgres, sql.formatted(table)));
        } else {
            SQLITE.forEach(sql -> full.onWriter(sql.formatted(table)));
            full.onWriter("PRAGMA max_page_count = 1"); // no fewer than there are
        }
        return full;
    }

    public void makeRoom() {
        if (place.config() instanceof StorageConfig.Postgres postgres) {
            asOwner(postgres, "DROP FUNCTION ballast() CASCADE");
        } else {
            onWriter("PRAGMA max_page_count = 1000000");
        }
    }

    private void onWriter(String sql) {
        database.write(TenantId.PLATFORM, tx -> tx.execute(sql));
    }

    private static void asOwner(StorageConfig.Postgres config, String sql) {
        try (var connection =
                        DriverManager.getConnection(
                                config.url() + "?currentSchema=" + config.schema(),
                                config.owner().orElseThrow().name(),
                                "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
