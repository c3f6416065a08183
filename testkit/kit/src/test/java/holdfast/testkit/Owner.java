package holdfast.testkit;

import holdfast.storage.StorageConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Reaches behind the door, as the one who owns the tables.
final class Owner {
    private Owner() {}

    static void execute(StorageConfig config, String sql) throws SQLException {
        try (var connection = connect(config);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String text(StorageConfig config, String sql) throws SQLException {
        try (var connection = connect(config);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private static Connection connect(StorageConfig config) throws SQLException {
        return switch (config) {
            case StorageConfig.Sqlite(var folder, var file, _) ->
                    DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
            case StorageConfig.Postgres postgres ->
                    DriverManager.getConnection(
                            postgres.url() + "?currentSchema=" + postgres.schema(),
                            postgres.owner().orElseThrow().name(),
                            "");
        };
    }
}
