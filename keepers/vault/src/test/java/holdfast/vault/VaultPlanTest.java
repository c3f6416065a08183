package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.Scope;
import holdfast.kernel.Cursor;
import holdfast.kernel.TenantId;
import holdfast.secret.Content;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.SecretQuery;
import holdfast.secret.Upkeep;
import holdfast.storage.Database;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// No statement of this room walks through a whole table, on both databases.
///
/// Every statement that the stores send while the room is used once in every way is taken down, then explained.
@ParameterizedClass
@EnumSource
class VaultPlanTest {
    private static final List<String> GROWING =
            List.of("vault_secret", "vault_version", "vault_term");
    private static final String UNINDEXED = "SELECT id FROM vault_secret s WHERE s.notes = 'x'";

    private final TestDatabase engine;
    private final Map<String, String> statements = new ConcurrentSkipListMap<>();

    VaultPlanTest(TestDatabase engine) {
        this.engine = engine;
    }

    @Test
    void every_statement_finds_its_rows_by_an_index() {
        try (var site = new Site(engine, database -> new Listening(database, statements))) {
            useEverything(site);

            var walks = new TreeSet<String>();
            var explained = new ArrayList<String>();
            statements.forEach((text, sent) -> {
                if (GROWING.stream().anyMatch(text::contains)
                        && !text.stripLeading().startsWith("INSERT")) {
                    explained.add(text);
                    walks.addAll(site.database.read(TenantId.DEFAULT, tx -> walks(tx, text, sent)));
                }
            });
            assertThat(explained).hasSizeGreaterThan(25);
            assertThat(walks).isEmpty();
        }
    }

    /// The check can fail: a condition that no index begins with is found out.
    @Test
    void a_statement_without_an_index_is_found_out() {
        try (var site = new Site(engine)) {
            List<String> walks =
                    site.database.read(TenantId.DEFAULT, tx -> walks(tx, UNINDEXED, UNINDEXED));

            assertThat(walks).isNotEmpty();
        }
    }

    private static void useEverything(Site site) {
        var upkeep =
                new Upkeep(
                        Optional.of(site.clock.instant().plus(Duration.ofDays(40))),
                        Upkeep.OnExpiry.ARCHIVE,
                        2,
                        Optional.of(1));
        var secret =
                site.create("prod/db", "app", "x", Site.details(List.of("t"), Map.of()), upkeep);
        var other = site.create("prod/db", "other", "x");
        for (int version = 1; version < 4; version++) {
            site.put(secret, "value " + version, version);
        }
        site.open(secret);
        site.open(secret, Optional.of(3));
        var read = site.policy.permit(site.ada, Action.READ_SECRET, Site.path(secret));
        var write = site.policy.permit(site.ada, Action.WRITE_SECRET, Site.path(secret));
        var delete = site.policy.permit(site.ada, Action.DELETE_SECRET, Site.path(other));
        site.secrets().rollBack(write, secret.id(), 3, "", 4);
        site.secrets().versions(read, secret.id());
        site.secrets().compare(read, Optional.empty(), secret.id(), 4, 5);
        site.secrets().find(read, new SecretName("prod/db", "app"));
        site.permits().on(site.ada, Action.READ_SECRET, secret.id());
        batches(site, secret);
        var grace = site.person("grace");
        for (var pattern :
                List.of("secrets/prod/**", "secrets/shop/*", "secrets/a/b", "secrets/*/x*")) {
            site.grant(grace, Grant.Effect.ALLOW, pattern, Set.of(Action.READ_SECRET));
        }
        for (var who : List.of(site.ada, grace)) {
            lists(site, site.policy.scope(who, Action.READ_SECRET));
        }
        site.secrets().delete(delete, other.id(), 1);
        site.secrets().undelete(delete, other.id());
        site.secrets().delete(delete, other.id(), 1);
        site.clock.advance(Duration.ofDays(50));
        site.room.jobs().forEach(job -> job.run().run());
    }

    private static void batches(Site site, Secret secret) {
        var scope = site.policy.scope(site.ada, Action.REVEAL_SECRET);
        var id = new Batches.Target(Optional.of(secret.id()), Optional.empty());
        var name =
                new Batches.Target(
                        Optional.empty(), Optional.of(new SecretName("prod/db", "other")));
        site.room
                .batches()
                .read(
                        scope,
                        List.of(new Batches.Item.Good<>(id), new Batches.Item.Good<>(name)),
                        true)
                .forEach(one -> one.content().ifPresent(Content::close));
    }

    private static void lists(Site site, Scope scope) {
        for (var sort : SecretQuery.Sort.values()) {
            for (boolean descending : List.of(true, false)) {
                for (boolean filtered : List.of(true, false)) {
                    var after = new Cursor(sort.isNumber() ? "0" : "", UUID.randomUUID());
                    site.secrets()
                            .list(
                                    scope,
                                    new SecretQuery(
                                            filtered ? Optional.of("prod ap") : Optional.empty(),
                                            filtered ? Optional.of("prod") : Optional.empty(),
                                            filtered ? Set.of("t", "u") : Set.of(),
                                            Secret.State.ACTIVE,
                                            sort,
                                            descending,
                                            Optional.of(after),
                                            10,
                                            filtered));
                }
            }
        }
        site.secrets().folders(scope, Optional.empty());
        site.secrets().folders(scope, Optional.of("prod"));
    }

    /// {@return what a statement walks through from end to end}
    ///
    /// @param text with places for values
    /// @param sent with the values
    private List<String> walks(Handle tx, String text, String sent) {
        return engine == TestDatabase.SQLITE ? walksOfSqlite(tx, text) : walksOfPostgres(tx, sent);
    }

    /// `SCAN` is from end to end; so is a search by the tenant alone where there is one tenant.
    private static List<String> walksOfSqlite(Handle tx, String statement) {
        var walks = new ArrayList<String>();
        for (var step : column(tx, "EXPLAIN QUERY PLAN " + statement, "detail")) {
            boolean scan = step.startsWith("SCAN ");
            boolean byTenantAlone = step.startsWith("SEARCH ") && step.endsWith("(tenant_id=?)");
            var table = table(step.split(" ", 3)[1], statement);
            if ((scan || byTenantAlone) && GROWING.contains(table)) {
                walks.add(step + " IN " + statement);
            }
        }
        return walks;
    }

    private static List<String> column(Handle tx, String sql, String name) {
        var steps = new ArrayList<String>();
        try (var query = tx.getConnection().createStatement();
                var rows = query.executeQuery(sql)) {
            while (rows.next()) {
                steps.add(rows.getString(name));
            }
        } catch (java.sql.SQLException e) {
            throw new AssertionError(sql, e);
        }
        return steps;
    }

    /// {@return the table that an alias stands for}
    private static String table(String alias, String statement) {
        var found = Pattern.compile("(vault_\\w+)(?: AS)? " + alias + "\\b").matcher(statement);
        return found.find() ? found.group(1) : alias;
    }

    /// With sequential reading switched off, the planner still takes it where no index helps.
    private static List<String> walksOfPostgres(Handle tx, String statement) {
        tx.execute("SET LOCAL enable_seqscan = off");
        return column(tx, "EXPLAIN " + statement, "QUERY PLAN").stream()
                .filter(step ->
                        GROWING.stream().anyMatch(table -> step.contains("Seq Scan on " + table)))
                .map(step -> step.strip() + " IN " + statement)
                .toList();
    }

    /// Takes down what is sent to the database.
    private record Listening(Database database, Map<String, String> statements)
            implements Database {
        private <T extends @Nullable Object> Function<Handle, T> heard(Function<Handle, T> work) {
            return tx -> {
                tx.getConfig(SqlStatements.class)
                        .setSqlLogger(
                                new SqlLogger() {
                                    @Override
                                    public void logBeforeExecution(StatementContext context) {
                                        var parsed = context.getParsedSql();
                                        var sent = context.getStatement();
                                        if (parsed != null && sent != null) {
                                            statements.putIfAbsent(
                                                    parsed.getSql(), first(sent.toString()));
                                        }
                                    }
                                });
                return work.apply(tx);
            };
        }

        /// {@return the first statement of a batch}
        private static String first(String sent) {
            return sent.replaceFirst("^\\S+ wrapping ", "").split(";\\R", 2)[0];
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
}
