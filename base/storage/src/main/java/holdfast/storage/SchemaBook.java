package holdfast.storage;

import holdfast.kernel.Problem;
import java.lang.module.ModuleDescriptor.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Remembers in the table `storage_schema` which scripts of a room a database holds, so that a start with nothing new loads no migration tool.
final class SchemaBook {
    private SchemaBook() {}

    /// What a database holds of one room.
    record Held(int version, String oldestProgram, String fingerprint) {}

    /// {@return what is held, room by room}
    static Map<String, Held> read(Connection connection) throws SQLException {
        var held = new HashMap<String, Held>();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT room, version, oldest_program, fingerprint FROM"
                                        + " storage_schema")) {
            while (rows.next()) {
                held.put(
                        rows.getString(1),
                        new Held(rows.getInt(2), rows.getString(3), rows.getString(4)));
            }
        }
        return held;
    }

    static void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE IF NOT EXISTS storage_schema (
                        room           TEXT PRIMARY KEY,
                        version        INTEGER NOT NULL,
                        oldest_program TEXT NOT NULL,
                        fingerprint    TEXT NOT NULL)
                    """);
        }
    }

    static void put(Connection connection, Scripts scripts) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        """
                        INSERT INTO storage_schema (room, version, oldest_program, fingerprint)
                        VALUES (?, ?, ?, ?)
                        ON CONFLICT (room) DO UPDATE
                           SET version = excluded.version,
                               oldest_program = excluded.oldest_program,
                               fingerprint = excluded.fingerprint
                        """)) {
            statement.setString(1, scripts.room());
            statement.setInt(2, scripts.version());
            statement.setString(3, scripts.oldestProgram());
            statement.setString(4, scripts.fingerprint());
            statement.executeUpdate();
        }
    }

    /// {@return a name of what is held, which changes with every script that is run}
    static String state(Map<String, Held> held) {
        int versions = held.values().stream().mapToInt(Held::version).sum();
        return "migration-%d".formatted(versions);
    }

    /// {@return the rooms that need a migration}
    ///
    /// @param program version of this program
    /// @throws holdfast.kernel.Refusal UNAVAILABLE when the database is too new for this program
    static List<Scripts> due(Map<String, Held> held, List<Scripts> rooms, String program) {
        return rooms.stream().filter(room -> isDue(held, room, program)).toList();
    }

    /// A program without a number was built from sources a moment ago: it counts as the newest.
    private static boolean isOlder(String program, String needed) {
        return Character.isDigit(program.charAt(0))
                && Version.parse(program).compareTo(Version.parse(needed)) < 0;
    }

    private static boolean isDue(Map<String, Held> held, Scripts room, String program) {
        var holds = held.get(room.room());
        if (holds == null) {
            return true;
        }
        if (isOlder(program, holds.oldestProgram())) {
            throw Problem.UNAVAILABLE.because(
                    "the tables of %s need Holdfast %s or newer, this is %s: start the newer program"
                            .formatted(room.room(), holds.oldestProgram(), program));
        }
        return holds.version() <= room.version() && !holds.fingerprint().equals(room.fingerprint());
    }
}
