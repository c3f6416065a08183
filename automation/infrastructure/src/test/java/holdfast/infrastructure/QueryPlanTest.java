package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.access.Scope;
import holdfast.comparison.Drift;
import holdfast.comparison.Kept;
import holdfast.estate.CredentialQuery;
import holdfast.estate.Run;
import holdfast.estate.SourceStatus;
import holdfast.kernel.TenantId;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.storage.Database;
import holdfast.testkit.ManyRows;
import holdfast.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
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

/// No statement of this room walks through a whole table that grows, on both databases.
///
/// Every statement that the stores send while the room is used once in every way is taken down, then explained; with
/// `--long` once more before a million rows.
@ParameterizedClass
@EnumSource
class QueryPlanTest {
    private static final boolean LONG = Boolean.getBoolean("holdfast.long");

    /// With sequential reading switched off, the planner still takes it where no index helps.
    private static final String AVOID = "SET LOCAL enable_seqscan = off";

    private static final List<String> GROWING =
            List.of("infrastructure_credential", "infrastructure_version", "infrastructure_run");

    /// The list over all environments: it reads an index of the whole tenant, which is open (docs/promises.md).
    private static final String OVER_ALL = "JOIN infrastructure_source s";

    private static final List<String> UNINDEXED =
            List.of(
                    "SELECT id FROM infrastructure_credential c WHERE c.username = 'root'",
                    "SELECT c.state FROM infrastructure_credential c WHERE c.tenant_id = 'a' AND"
                            + " c.environment_id = 'b' AND c.since <= 1 AND c.id IN (?, ?, ?)");

    private static final Pattern NAMES_ROWS = Pattern.compile("c\\.id (= \\?|IN \\(\\?)");
    private static final Pattern BY_ID = Pattern.compile("[( ]id=\\?");

    private final TestDatabase engine;
    private final Map<String, String> statements = new ConcurrentSkipListMap<>();

    QueryPlanTest(TestDatabase engine) {
        this.engine = engine;
    }

    @Test
    void every_statement_finds_its_rows_by_an_index() {
        try (var manager = Simulator.start(SimulatorOptions.defaults(InstantSource.system()));
                var site = new Site(engine, database -> new Listening(database, statements))) {
            useEverything(site, manager);
            statements
                    .keySet()
                    .removeIf(text ->
                            GROWING.stream().noneMatch(text::contains)
                                    || text.stripLeading().startsWith("INSERT"));

            var sent = Map.copyOf(statements);

            assertThat(sent).hasSizeGreaterThan(25);
            assertThat(walks(site, sent, AVOID)).isEmpty();
            if (LONG) {
                site.sync(site.create(manager).id());
                fill(site.database);
                assertThat(walks(site, sent, "")).isEmpty();
            }
        }
    }

    private Set<String> walks(Site site, Map<String, String> sent, String before) {
        var walks = new TreeSet<String>();
        sent.forEach((text, filled) ->
                walks.addAll(
                        site.database.read(
                                TenantId.DEFAULT, tx -> walks(tx, text, filled, before))));
        return walks;
    }

    private static void fill(Database database) {
        ManyRows.of(
                database,
                TenantId.DEFAULT,
                "infrastructure_credential",
                Map.of("id", ManyRows.Change.ID, "environment_id", ManyRows.Change.ID));
        ManyRows.of(
                database,
                TenantId.DEFAULT,
                "infrastructure_version",
                Map.of("credential_id", ManyRows.Change.ID, "environment_id", ManyRows.Change.ID));
    }

    /// The check can fail: a condition that no index begins with is found out.
    @Test
    void a_statement_without_an_index_is_found_out() {
        try (var site = new Site(engine)) {
            for (var text : engine == TestDatabase.SQLITE ? UNINDEXED : UNINDEXED.subList(0, 1)) {
                List<String> walks =
                        site.database.read(TenantId.DEFAULT, tx -> walks(tx, text, text, AVOID));

                assertThat(walks).as(text).isNotEmpty();
            }
        }
    }

    private static void useEverything(Site site, Simulator manager) {
        var id = site.create(manager).id();
        assertThat(site.sync(id).status()).isEqualTo(Run.Status.SUCCESS);
        manager.estate().rotate(manager.estate().credentials().getFirst().id());
        site.sync(id);
        var first = site.list(id).getFirst();
        site.reveal(first);
        var reading =
                site.may(
                        Action.READ_CREDENTIAL,
                        Credentials.resource(first.environmentId(), first.id()));
        site.room.credentials().history(reading, id, first.id());
        var reader = scope(site, Action.READ_CREDENTIAL);
        site.room.credentials().facets(reader, Optional.of(id));
        site.room.credentials().facets(reader, Optional.empty());
        for (var query : queries()) {
            for (var place : List.of(Optional.of(id), Optional.<UUID>empty())) {
                list(site, place, query);
            }
        }
        var export = site.may(Action.EXPORT_CREDENTIAL, Environments.resource(id));
        try {
            site.room
                    .credentials()
                    .export(export, id, CredentialQuery.ALL, "test")
                    .forEach((_, _) -> {});
            site.room.credentials().breakGlass(export, id).forEach((_, _) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environments(site, id);
        manager.estate().truncate(3);
        var held = site.sync(id);
        var sync = site.may(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        site.room.environments().decide(sync, id, held.id(), true);
        site.room.start();
        var manage = site.may(Action.MANAGE_ENVIRONMENT, Environments.resource(id));
        site.room.environments().delete(manage, id, "site");
    }

    private static void environments(Site site, UUID id) {
        site.room
                .environments()
                .list(
                        scope(site, Action.READ_ENVIRONMENT),
                        new Environments.Query(
                                Optional.of("s"),
                                Optional.of(SourceStatus.OK),
                                "lastSync",
                                Optional.empty(),
                                10));
        var read = site.may(Action.READ_ENVIRONMENT, Environments.resource(id));
        site.room
                .environments()
                .runs(read, id, Optional.of(Run.Status.SUCCESS), Optional.empty(), 10);
        site.room.overview().of(scope(site, Action.READ_ENVIRONMENT));
    }

    private static Scope scope(Site site, Action action) {
        return site.policy.scope(site.ada, action);
    }

    private static void list(Site site, Optional<UUID> environment, CredentialQuery query) {
        var window =
                new CredentialQuery.Window(
                        0,
                        Optional.of(
                                new CredentialQuery.After(
                                        query.sort().isNumber() ? "0" : "", UUID.randomUUID())),
                        10);
        site.room
                .credentials()
                .list(scope(site, Action.READ_CREDENTIAL), environment, query, window);
    }

    /// Every order, every filter by itself, and all together.
    private static List<CredentialQuery> queries() {
        var queries = new ArrayList<CredentialQuery>();
        for (var sort : CredentialQuery.Sort.values()) {
            if (!sort.member().isEmpty()) {
                queries.add(CredentialQuery.ALL.by(sort));
            }
        }
        var all = CredentialQuery.ALL;
        queries.add(
                new CredentialQuery(
                        Optional.of("root"),
                        Set.of("ESXI", "VCENTER"),
                        Set.of("SSH"),
                        Set.of("USER"),
                        Set.of("m01"),
                        Set.of(holdfast.vcf.SourceKind.SDDC_MANAGER),
                        EnumSet.allOf(Kept.State.class),
                        EnumSet.allOf(Drift.class),
                        EnumSet.allOf(Kept.ExpiryState.class),
                        CredentialQuery.Sort.CHANGED,
                        true));
        queries.add(
                new CredentialQuery(
                        Optional.of("root"),
                        all.resourceTypes(),
                        all.credentialTypes(),
                        all.accountTypes(),
                        all.domains(),
                        all.sources(),
                        all.states(),
                        all.drift(),
                        all.expiry(),
                        all.sort(),
                        false));
        return queries;
    }

    /// {@return what a statement walks through from end to end, of the tables that grow}
    ///
    /// @param text with places for values
    /// @param sent with the values
    /// @param before what PostgreSQL's planner is told
    private List<String> walks(Handle tx, String text, String sent, String before) {
        return engine == TestDatabase.SQLITE
                ? walksOfSqlite(tx, text)
                : walksOfPostgres(tx, sent, before);
    }

    /// `SCAN` is from end to end; so is a search by the tenant alone where there is one tenant, and one through a whole
    /// environment for rows whose ids are known.
    private static List<String> walksOfSqlite(Handle tx, String statement) {
        var walks = new ArrayList<String>();
        for (var step : column(tx, "EXPLAIN QUERY PLAN " + statement, "detail")) {
            boolean scan = step.startsWith("SCAN ");
            boolean byTenantAlone =
                    step.startsWith("SEARCH ")
                            && step.endsWith("(tenant_id=?)")
                            && !statement.contains(OVER_ALL);
            var table = table(step.split(" ", 3)[1], statement);
            boolean pastTheIds =
                    NAMES_ROWS.matcher(statement).find() && !BY_ID.matcher(step).find();
            if ((scan || byTenantAlone || pastTheIds) && GROWING.contains(table)) {
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
        var named = Pattern.compile("(infrastructure_\\w+|ledger_\\w+)(?: AS)? " + alias + "\\b");
        var found = named.matcher(statement);
        return found.find() ? found.group(1) : alias;
    }

    private static List<String> walksOfPostgres(Handle tx, String statement, String before) {
        if (!before.isEmpty()) {
            tx.execute(before);
        }
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
