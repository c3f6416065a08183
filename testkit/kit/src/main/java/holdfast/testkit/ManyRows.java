package holdfast.testkit;

import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Makes a table as large as that of an old installation: its rows are doubled until there are a million.
///
/// Some plans are only chosen, or only hurt, where there is much.
public final class ManyRows {
    private static final int MANY = 1_000_000;
    private static final int NUMBERS = 1_000_000; // the numbers of the first rows are below

    private ManyRows() {}

    /// What makes a copy differ from the row it was made from; `%2$d` is 1, 2, 4, … with each doubling.
    public enum Change {
        /// Another id.
        ID("md5(CAST(%1$s AS TEXT) || '%2$d')::uuid", "%1$s || '-%2$d'"),
        /// Another text with the same beginning.
        TEXT("%1$s || '-%2$d'", "%1$s || '-%2$d'"),
        /// A number above all that were there.
        NUMBER("%1$s + %2$d::bigint * " + NUMBERS, "%1$s + %2$d * " + NUMBERS);

        private final String postgresql;
        private final String sqlite;

        Change(String postgresql, String sqlite) {
            this.postgresql = postgresql;
            this.sqlite = sqlite;
        }
    }

    /// @param tenant  whose rows are copied
    /// @param changed by column; at least what is unique
    public static void of(
            Database database, TenantId tenant, String table, Map<String, Change> changed) {
        var columns = database.read(tenant, tx -> columns(tx, table));
        int rows = database.read(tenant, tx -> count(tx, table));
        if (rows == 0) {
            throw new AssertionError(table + " has no row to begin with");
        }
        for (int n = 1; rows < MANY; n *= 2) {
            var statement = statement(database.engine(), table, columns, changed, n);
            rows += database.write(tenant, tx -> tx.execute(statement));
        }
    }

    private static String statement(
            Database.Engine engine,
            String table,
            List<String> columns,
            Map<String, Change> changed,
            int n) {
        var values =
                columns.stream()
                        .map(column -> {
                            var change = changed.get(column);
                            return change == null ? column : value(engine, change, column, n);
                        })
                        .toList();
        return "INSERT INTO %s (%s) SELECT %s FROM %1$s"
                .formatted(table, String.join(", ", columns), String.join(", ", values));
    }

    private static String value(Database.Engine engine, Change change, String column, int n) {
        return switch (engine) {
            case POSTGRESQL -> change.postgresql.formatted(column, n);
            case SQLITE -> change.sqlite.formatted(column, n);
        };
    }

    /// Past what takes statements down: this one does walk.
    private static int count(Handle tx, String table) {
        try (var query = tx.getConnection().createStatement();
                var counted = query.executeQuery("SELECT count(*) FROM " + table)) {
            counted.next();
            return counted.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(table, e);
        }
    }

    private static List<String> columns(Handle tx, String table) {
        var names = new ArrayList<String>();
        try (var query =
                tx.getConnection().prepareStatement("SELECT * FROM " + table + " LIMIT 0")) {
            var columns = query.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnName(i));
            }
        } catch (SQLException e) {
            throw new AssertionError(table, e);
        }
        return names;
    }
}
