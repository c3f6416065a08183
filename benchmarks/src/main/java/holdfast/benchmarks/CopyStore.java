package holdfast.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Multiplies the only environment of a stopped server's database, column by column, whatever columns there are.
///
/// Ids of a copy are those of the original with the number of the copy in front. Values are not copied: they would not
/// open under another id, and no list reads them.
final class CopyStore {
    private static final List<String> TABLES =
            List.of(
                    "infrastructure_environment",
                    "infrastructure_source",
                    "infrastructure_credential");

    /// Columns that name something of the environment, which its copies have of their own.
    private static final Set<String> IDS = Set.of("id", "environment_id", "counterpart");

    private CopyStore() {}

    /// @param state  folder of `holdfast.db`
    /// @param copies how many
    static void copy(Path state, int copies) {
        var url = "jdbc:sqlite:" + state.resolve("holdfast.db");
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA cache_size = -200000");
            var original = text(statement, "SELECT id FROM infrastructure_environment LIMIT 1");
            for (int i = 1; i <= copies; i++) {
                statement.execute("BEGIN");
                for (var table : TABLES) {
                    copy(connection, table, original, i);
                }
                statement.execute("COMMIT");
            }
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException failure) {
            throw new IllegalStateException("the rows could not be copied", failure);
        }
    }

    private static void copy(Connection connection, String table, String original, int number)
            throws SQLException {
        var columns = columns(connection, table);
        var values = columns.stream().map(CopyStore::value).toList();
        var own = table.equals("infrastructure_environment") ? "id" : "environment_id";
        var sql =
                "INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s = :original"
                        .formatted(
                                table,
                                String.join(", ", columns),
                                String.join(", ", values),
                                table,
                                own)
                        .replace(":number", "'%08x'".formatted(number))
                        .replace(":name", "'environment %d'".formatted(number))
                        .replace(":original", "'" + original + "'");
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static String value(String column) {
        if (IDS.contains(column)) {
            return ":number || substr(" + column + ", 9)";
        }
        return column.equals("name") || column.equals("name_folded") ? ":name" : column;
    }

    private static List<String> columns(Connection connection, String table) throws SQLException {
        var columns = new ArrayList<String>();
        try (var rows = connection.getMetaData().getColumns(null, null, table, null)) {
            while (rows.next()) {
                columns.add(rows.getString("COLUMN_NAME"));
            }
        }
        return columns;
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
