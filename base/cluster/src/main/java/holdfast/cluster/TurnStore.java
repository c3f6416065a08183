package holdfast.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/// The SQL of `cluster_turn`: what became of each turn of a job. Safe to call from many threads.
final class TurnStore {
    private static final int KEPT = 100; // turns of one instance
    private static final Duration AGE = Duration.ofDays(30);
    private static final int LONGEST = 1_000; // characters of an error

    private static final String INSERT =
            """
            INSERT INTO cluster_turn (task_name, task_instance, started, finished, error, node)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """;
    private static final String FORGET =
            """
            DELETE FROM cluster_turn
             WHERE finished < ?
                OR task_name = ? AND task_instance = ? AND started <
                   (SELECT started FROM cluster_turn WHERE task_name = ? AND task_instance = ?
                     ORDER BY started DESC LIMIT 1 OFFSET ?)
            """;
    private static final String OF =
            """
            SELECT task_name, task_instance, started, finished, error, node
              FROM cluster_turn
             WHERE task_name = ? AND task_instance = ? AND started < ?
             ORDER BY started DESC
             LIMIT ?
            """;
    private static final String LAST =
            """
            SELECT task_name, task_instance, started, finished, error, node
              FROM cluster_turn t
             WHERE started = (SELECT MAX(started) FROM cluster_turn s
                               WHERE s.task_name = t.task_name AND s.task_instance = t.task_instance)
            """;

    private final DataSource source;

    TurnStore(DataSource source) {
        this.source = source;
    }

    /// Keeps one turn, and forgets the oldest.
    void add(String name, String instance, Jobs.Turn turn) {
        with(connection -> {
            try (var insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, name);
                insert.setString(2, instance);
                insert.setLong(3, turn.started().toEpochMilli());
                insert.setLong(4, turn.finished().toEpochMilli());
                insert.setString(5, turn.error().map(TurnStore::cut).orElse(null));
                insert.setString(6, turn.node());
                insert.executeUpdate();
            }
            try (var forget = connection.prepareStatement(FORGET)) {
                forget.setLong(1, turn.finished().minus(AGE).toEpochMilli());
                forget.setString(2, name);
                forget.setString(3, instance);
                forget.setString(4, name);
                forget.setString(5, instance);
                forget.setInt(6, KEPT - 1);
                return forget.executeUpdate();
            }
        });
    }

    /// {@return the turns of one instance, newest first}
    List<Jobs.Turn> of(String name, String instance, Instant before, int limit) {
        return with(connection -> {
            try (var query = connection.prepareStatement(OF)) {
                query.setString(1, name);
                query.setString(2, instance);
                query.setLong(3, before.toEpochMilli());
                query.setInt(4, limit);
                return List.copyOf(turns(query).values());
            }
        });
    }

    /// {@return the newest turn of each instance that had one}
    Map<Instance, Jobs.Turn> last() {
        return with(connection -> {
            try (var query = connection.prepareStatement(LAST)) {
                var last = new HashMap<Instance, Jobs.Turn>();
                turns(query).forEach((row, turn) -> last.put(row.instance(), turn));
                return last;
            }
        });
    }

    /// Which job a turn is of.
    record Instance(String name, String instance) {}

    private record Row(Instance instance, int number) {}

    private static Map<Row, Jobs.Turn> turns(PreparedStatement query) throws SQLException {
        var turns = new LinkedHashMap<Row, Jobs.Turn>();
        try (var rows = query.executeQuery()) {
            while (rows.next()) {
                turns.put(
                        new Row(new Instance(rows.getString(1), rows.getString(2)), turns.size()),
                        new Jobs.Turn(
                                Instant.ofEpochMilli(rows.getLong(3)),
                                Instant.ofEpochMilli(rows.getLong(4)),
                                Optional.ofNullable(rows.getString(5)),
                                rows.getString(6)));
            }
        }
        return turns;
    }

    private static String cut(String error) {
        return error.length() <= LONGEST ? error : error.substring(0, LONGEST);
    }

    private <T> T with(Work<T> work) {
        try (var connection = source.getConnection()) {
            return work.run(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException("the history of jobs cannot be used", failure);
        }
    }

    /// What is done with one connection.
    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }
}
