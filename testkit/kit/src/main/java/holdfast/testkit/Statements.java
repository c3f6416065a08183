package holdfast.testkit;

import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Takes down every statement that is sent to a database, and says which of them walk through a whole table.
public final class Statements {
    /// The first rows in the order of an index: reading ends after them, whatever the plan calls it.
    private static final Pattern FIRST_ROWS =
            Pattern.compile(
                    "\\sFROM \\w+( \\w)?(\\s+WHERE (\\w\\.)?tenant_id = \\?)?\\s+ORDER BY"
                            + " [\\w.]+( DESC)?\\s+LIMIT \\S+\\s*$");

    private final Map<String, String> sent = new ConcurrentSkipListMap<>();

    /// {@return the same database, whose statements are taken down}
    public Database around(Database database) {
        return new Listening(database, sent);
    }

    /// {@return how many different statements name one of the tables, and how each that walks through one does so}
    ///
    /// @param growing tables that no statement may walk through from end to end
    public Walks walks(Database database, Set<String> growing) {
        return walks(database, growing, Planner.TOLD_TO_AVOID);
    }

    /// As [#walks], of tables that are large already: what the planner chooses by itself.
    public Walks walksOfMany(Database database, Set<String> growing) {
        return walks(database, growing, Planner.BY_ITSELF);
    }

    /// Whether PostgreSQL's planner is told to read no table in sequence: it still does where no index helps.
    private enum Planner {
        TOLD_TO_AVOID,
        BY_ITSELF
    }

    private Walks walks(Database database, Set<String> growing, Planner planner) {
        int looked = 0;
        var walks = new TreeSet<String>();
        for (var one : sent.entrySet()) {
            if (growing.stream().anyMatch(one.getKey()::contains)
                    && !FIRST_ROWS.matcher(one.getKey()).find()
                    && !one.getKey().stripLeading().startsWith("INSERT")) {
                looked++;
                List<String> found =
                        database.read(
                                TenantId.DEFAULT,
                                tx ->
                                        database.engine() == Database.Engine.SQLITE
                                                ? ofSqlite(tx, one.getKey(), growing)
                                                : ofPostgres(tx, one.getValue(), growing, planner));
                walks.addAll(found);
            }
        }
        return new Walks(looked, List.copyOf(walks));
    }

    /// @param looked how many statements were explained
    /// @param walks  steps that read a table from end to end, each with its statement
    public record Walks(int looked, List<String> walks) {}

    /// `SCAN` is from end to end; so is a search by the tenant alone where there is one tenant. What takes the first row in
    /// the order of an index reads no more than that row.
    private static List<String> ofSqlite(Handle tx, String statement, Set<String> growing) {
        var walks = new ArrayList<String>();
        var steps = column(tx, "EXPLAIN QUERY PLAN " + statement, "detail");
        if (steps.size() == 1
                && steps.getFirst().contains("INDEX")
                && statement.strip().endsWith("LIMIT 1")) {
            return walks;
        }
        for (var step : steps) {
            boolean walk =
                    step.startsWith("SCAN ")
                            || (step.startsWith("SEARCH ") && step.endsWith("(tenant_id=?)"));
            if (walk && growing.contains(table(step.split(" ", 3)[1], statement))) {
                walks.add(step + " IN " + statement);
            }
        }
        return walks;
    }

    /// {@return the table that an alias stands for}
    private static String table(String alias, String statement) {
        var found = Pattern.compile("(\\w+_\\w+)(?: AS)? " + alias + "\\b").matcher(statement);
        return found.find() ? found.group(1) : alias;
    }

    private static List<String> ofPostgres(
            Handle tx, String statement, Set<String> growing, Planner planner) {
        if (planner == Planner.TOLD_TO_AVOID) {
            tx.execute("SET LOCAL enable_seqscan = off");
        }
        return column(tx, "EXPLAIN " + statement, "QUERY PLAN").stream()
                .filter(step ->
                        growing.stream().anyMatch(table -> step.contains("Seq Scan on " + table)))
                .map(step -> step.strip() + " IN " + statement)
                .toList();
    }

    private static List<String> column(Handle tx, String sql, String name) {
        var steps = new ArrayList<String>();
        try (var query = tx.getConnection().createStatement();
                var rows = query.executeQuery(sql)) {
            while (rows.next()) {
                steps.add(rows.getString(name));
            }
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
        return steps;
    }

    private record Listening(Database database, Map<String, String> sent) implements Database {
        private <T extends @Nullable Object> Function<Handle, T> heard(Function<Handle, T> work) {
            return tx -> {
                tx.getConfig(SqlStatements.class).setSqlLogger(new Ear(sent));
                return work.apply(tx);
            };
        }

        @Override
        public <T extends @Nullable Object> T read(TenantId tenant, Function<Handle, T> work) {
            return database.read(tenant, heard(work));
        }

        @Override
        public <T extends @Nullable Object> T write(TenantId tenant, Function<Handle, T> work) {
            return database.write(tenant, heard(work));
        }

        @Override
        public Engine engine() {
            return database.engine();
        }

        @Override
        public Figures figures() {
            return database.figures();
        }

        @Override
        public void close() {
            database.close();
        }
    }

    private record Ear(Map<String, String> sent) implements SqlLogger {
        @Override
        public void logBeforeExecution(StatementContext context) {
            var parsed = context.getParsedSql();
            var statement = context.getStatement();
            if (parsed != null && statement != null) {
                sent.putIfAbsent(parsed.getSql(), first(statement.toString()));
            }
        }

        /// {@return the first statement of a batch}
        private static String first(String text) {
            return text.replaceFirst("^\\S+ wrapping ", "").split(";\\R", 2)[0];
        }
    }
}
