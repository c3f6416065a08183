package holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.storage.Database;
import holdfast.testkit.ManyRows;
import holdfast.testkit.Statements;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No statement of daily use walks through the whole ledger, on both databases; only verifying does, on purpose.
///
/// With `--long` against a million events as well.
class LedgerPlanTest {
    private static final boolean LONG = Boolean.getBoolean("holdfast.long");
    private static final Set<String> GROWING = Set.of("ledger_event", "ledger_tile");
    private static final Instant LATER = TestClock.START.plus(Duration.ofHours(1));

    @ParameterizedTest
    @EnumSource
    void every_statement_finds_its_rows_by_an_index(TestDatabase engine) {
        var statements = new Statements();
        try (var fixture = new LedgerFixture(engine, statements)) {
            useEverything(fixture);

            var found = statements.walks(fixture.database, GROWING);

            assertThat(found.walks()).isEmpty();
            assertThat(found.looked()).isGreaterThan(15);
            if (LONG) {
                fill(fixture.database);
                assertThat(statements.walksOfMany(fixture.database, GROWING).walks()).isEmpty();
            }
        }
    }

    /// The check can fail: a condition that no index begins with is found out.
    @ParameterizedTest
    @EnumSource
    void a_statement_without_an_index_is_found_out(TestDatabase engine) {
        var statements = new Statements();
        try (var fixture = new LedgerFixture(engine, statements)) {
            fixture.database.readPlatform(tx ->
                    tx.createQuery("SELECT idx FROM ledger_event WHERE address = 'x'")
                            .mapTo(Long.class)
                            .list());

            assertThat(statements.walks(fixture.database, GROWING).walks()).isNotEmpty();
        }
    }

    private static void fill(Database database) {
        ManyRows.of(
                database,
                LedgerFixture.TENANT,
                "ledger_event",
                Map.of(
                        "idx", ManyRows.Change.NUMBER,
                        "sequence", ManyRows.Change.NUMBER,
                        "time", ManyRows.Change.NUMBER,
                        "resource", ManyRows.Change.TEXT));
    }

    private static void useEverything(LedgerFixture fixture) {
        for (int i = 0; i < 300; i++) {
            fixture.ledger.record(LedgerFixture.ADA, TestEvent.of("thing.do", "thing/" + i));
        }
        fixture.settle();
        var tenant = LedgerFixture.TENANT;
        for (var search : searches()) {
            fixture.ledger.search(tenant, search);
            fixture.ledger.window(tenant, search);
            fixture.ledger.tallies(tenant, search);
        }
        long newest = fixture.ledger.newest(tenant);
        fixture.ledger.after(tenant, newest - 10, 5);
        fixture.ledger.entry(tenant, newest);
        fixture.ledger.wholeSince(tenant);
        fixture.proofs.checkpoint();
        fixture.proofs.inclusion(tenant, newest);
        fixture.proofs.consistency(1, newest);
    }

    private static List<Search> searches() {
        var none = LedgerFixture.everything(10);
        return List.of(
                none,
                with(Optional.of("thing.do"), Optional.empty(), Optional.empty()),
                with(Optional.of("thing."), Optional.of("thing/7"), Optional.empty()),
                with(Optional.empty(), Optional.of("thing/"), Optional.of("ada")),
                new Search(
                        Optional.of(TestClock.START),
                        Optional.of(LATER),
                        Optional.empty(),
                        Optional.of(LedgerFixture.ADA.id()),
                        Optional.empty(),
                        Optional.of(Event.Outcome.REFUSED),
                        Optional.of(Event.Severity.WARNING),
                        Optional.empty(),
                        Optional.of(200L),
                        10));
    }

    private static Search with(
            Optional<String> action, Optional<String> resource, Optional<String> text) {
        return new Search(
                Optional.empty(),
                Optional.empty(),
                action,
                Optional.empty(),
                resource,
                Optional.empty(),
                Optional.empty(),
                text,
                Optional.empty(),
                10);
    }
}
