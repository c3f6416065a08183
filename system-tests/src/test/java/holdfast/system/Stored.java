package holdfast.system;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The database of a server as seen from outside, past the server. For one thread.
final class Stored implements AutoCloseable {
    /// Longer than any test; the server is killed meanwhile.
    private static final int FOR_EVER = 600; // seconds

    private final String url;
    private final boolean sqlite;
    private @Nullable Connection open;

    private Stored(String url, boolean sqlite) {
        this.url = url;
        this.sqlite = sqlite;
    }

    static Stored sqlite(Path file) {
        return new Stored("jdbc:sqlite:" + file, true);
    }

    static Stored postgresql(String url) {
        return new Stored(url + "?currentSchema=holdfast&user=postgres", false);
    }

    /// States and values of a generation that is not shown.
    long staged() {
        return number(
                        """
                        SELECT COUNT(*) FROM infrastructure_credential c
                          JOIN infrastructure_source s ON s.environment_id = c.environment_id AND s.kind = c.source
                         WHERE c.since > s.generation
                        """)
                + number(
                        """
                        SELECT COUNT(*) FROM infrastructure_version v
                          JOIN infrastructure_source s ON s.environment_id = v.environment_id AND s.kind = v.source
                         WHERE v.generation > s.generation
                        """);
    }

    /// States that were shown once and wait to be removed.
    long replaced() {
        return number(
                """
                SELECT COUNT(*) FROM infrastructure_credential c
                  JOIN infrastructure_source s ON s.environment_id = c.environment_id AND s.kind = c.source
                 WHERE c.until <= s.generation
                """);
    }

    /// Seen states that a state to come would replace.
    long endings() {
        return number(
                """
                SELECT COUNT(*) FROM infrastructure_credential c
                  JOIN infrastructure_source s ON s.environment_id = c.environment_id AND s.kind = c.source
                 WHERE c.until > s.generation AND c.until < 9223372036854775807
                """);
    }

    /// Seen states whose history does not hold exactly the versions 1 to the seen one.
    long gapsInHistory() {
        return number(
                """
                SELECT COUNT(*) FROM infrastructure_credential c
                  JOIN infrastructure_source s ON s.environment_id = c.environment_id AND s.kind = c.source
                 WHERE c.since <= s.generation AND c.until > s.generation
                   AND c.version <> (SELECT COUNT(*) FROM infrastructure_version v
                                      WHERE v.credential_id = c.id AND v.version BETWEEN 1 AND c.version)
                """);
    }

    /// Credentials that are seen in two states at once.
    long seenTwice() {
        return number(
                """
                SELECT COUNT(*) FROM (
                    SELECT c.id FROM infrastructure_credential c
                      JOIN infrastructure_source s ON s.environment_id = c.environment_id AND s.kind = c.source
                     WHERE c.since <= s.generation AND c.until > s.generation
                     GROUP BY c.id HAVING COUNT(*) > 1) AS twice
                """);
    }

    /// From now on the write that shows what was staged does not end: half of it is done and waits.
    void holdFlip() {
        hold("AFTER UPDATE OF generation ON infrastructure_source");
    }

    /// From now on the first removal of replaced states does not end.
    void holdSweep() {
        hold("AFTER DELETE ON infrastructure_credential");
    }

    private void hold(String when) {
        if (sqlite) {
            execute(
                    "CREATE TRIGGER hold %s BEGIN SELECT COUNT(*) FROM infrastructure_credential a, infrastructure_credential b, infrastructure_credential c, infrastructure_credential d; END"
                            .formatted(when));
        } else {
            execute(
                    "CREATE OR REPLACE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(%d); RETURN NULL; END'"
                            .formatted(FOR_EVER));
            execute("CREATE TRIGGER hold %s FOR EACH ROW EXECUTE FUNCTION hold()".formatted(when));
        }
    }

    /// Ends what [#holdFlip] and [#holdSweep] began.
    void release() {
        if (sqlite) {
            execute("DROP TRIGGER IF EXISTS hold");
        } else {
            // the database does not see that the client of a sleeping session is dead
            number(
                    "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event"
                            + " = 'PgSleep' AND datname = current_database()");
            execute("DROP FUNCTION IF EXISTS hold() CASCADE");
        }
    }

    /// Whether a write of the server is stuck in [#holdFlip] or [#holdSweep].
    boolean isHeld() {
        if (!sqlite) {
            return number(
                            "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND"
                                    + " datname = current_database()")
                    > 0;
        }
        try (var statement = connection().createStatement()) {
            statement.execute(
                    "PRAGMA busy_timeout = 300"); // milliseconds; a usual write takes a few
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
            return false;
        } catch (SQLException busy) {
            return true;
        }
    }

    /// As if the lease of a dead node had run out.
    void letLeasesEnd() {
        execute("UPDATE infrastructure_source SET lease_until = 1 WHERE lease_until > 0");
    }

    /// As if the time had come for every source's turn that is still to come.
    void makeTurnsDue() {
        execute(
                """
                UPDATE cluster_job SET execution_time = now()
                 WHERE task_name = 'infrastructure-sync' AND NOT picked AND execution_time > now()
                """);
    }

    long scheduledRuns() {
        return number("SELECT COUNT(*) FROM infrastructure_run WHERE trigger_kind = 'SCHEDULED'");
    }

    /// Writes what is in memory to the files.
    void checkpoint() {
        execute(sqlite ? "PRAGMA wal_checkpoint(PASSIVE)" : "CHECKPOINT");
    }

    /// Where PostgreSQL keeps its files.
    Optional<Path> dataDirectory() {
        return sqlite ? Optional.empty() : Optional.of(Path.of(text("SHOW data_directory")));
    }

    /// Every row of every schema of PostgreSQL as SQL: what its files hold compressed is in the clear here.
    Optional<byte[]> dump() throws IOException {
        if (sqlite) {
            return Optional.empty();
        }
        var uri = url.substring("jdbc:".length(), url.indexOf('?'));
        var process =
                new ProcessBuilder("pg_dump", "--inserts", "-U", "postgres", "-d", uri)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var dump = process.getInputStream().readAllBytes();
        if (process.onExit().join().exitValue() != 0 || dump.length == 0) {
            throw new IllegalStateException("pg_dump failed");
        }
        return Optional.of(dump);
    }

    private String text(String sql) {
        try (var statement = connection().createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long number(String sql) {
        try (var statement = connection().createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (var statement = connection().createStatement()) {
            if (sqlite) {
                statement.execute("PRAGMA busy_timeout = 5000");
            }
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connection() throws SQLException {
        if (open == null) {
            open = DriverManager.getConnection(url);
        }
        return open;
    }

    /// Lets go of the file, so that a server that starts is the first to see it; the next question opens it again.
    @Override
    public void close() {
        try {
            if (open != null) {
                open.close();
            }
            open = null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
