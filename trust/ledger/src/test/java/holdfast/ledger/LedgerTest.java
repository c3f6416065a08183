package holdfast.ledger;

import static holdfast.ledger.LedgerFixture.ADA;
import static holdfast.ledger.LedgerFixture.BOB;
import static holdfast.ledger.LedgerFixture.EVE;
import static holdfast.ledger.LedgerFixture.OTHER;
import static holdfast.ledger.LedgerFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import holdfast.storage.Database;
import holdfast.testkit.Await;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the ledger promises to those who append and read, on both databases.
@ParameterizedClass
@EnumSource
class LedgerTest {
    private final LedgerFixture fixture;
    private final Ledger ledger;

    LedgerTest(TestDatabase engine) {
        fixture = new LedgerFixture(engine);
        ledger = fixture.ledger;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void an_event_is_kept_with_all_its_circumstances() {
        fixture.record(
                ADA, TestEvent.of("secret.read", "prod/db").saying(Map.of("version", 7)).refused());

        var entry = ledger.entry(TENANT, 1).orElseThrow();

        assertThat(entry)
                .isEqualTo(
                        new Entry(
                                1,
                                fixture.clock.instant(),
                                ADA.id(),
                                "USER",
                                "ada",
                                "192.0.2.7",
                                ADA.origin().request(),
                                "secret.read",
                                "prod/db",
                                Event.Outcome.REFUSED,
                                Event.Severity.WARNING,
                                "{\"version\":7}",
                                false));
        assertThat(ledger.entry(TENANT, 2)).isEmpty();
    }

    @Test
    void an_event_that_was_written_out_before_is_kept_as_any_other() {
        var event = TestEvent.of("secret.list", "prod").saying(Map.of("b", 2, "a", 1)).refused();
        fixture.record(ADA, event);

        fixture.record(ADA, Event.written(event));

        assertThat(ledger.after(TENANT, 0, 10))
                .hasSize(2)
                .allSatisfy(entry -> {
                    assertThat(entry.body()).isEqualTo("{\"a\":1,\"b\":2}");
                    assertThat(entry.action()).isEqualTo("secret.list");
                    assertThat(entry.resource()).isEqualTo("prod");
                    assertThat(entry.outcome()).isEqualTo(Event.Outcome.REFUSED);
                    assertThat(entry.severity()).isEqualTo(Event.Severity.WARNING);
                });
    }

    @Test
    void each_tenant_counts_its_own_events_from_one_without_gaps() {
        for (int i = 0; i < 5; i++) {
            fixture.record(ADA, TestEvent.of("secret.read", "a" + i));
            fixture.record(EVE, TestEvent.of("secret.read", "b" + i));
        }

        assertThat(ledger.after(TENANT, 0, 100))
                .extracting(Entry::sequence)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(ledger.after(OTHER, 3, 100))
                .extracting(Entry::resource)
                .containsExactly("b3", "b4");
        assertThat(ledger.newest(TENANT)).isEqualTo(5);
    }

    @Test
    void an_event_is_there_only_if_its_change_is() {
        assertThatThrownBy(() ->
                        fixture.database.write(
                                TENANT,
                                tx -> {
                                    ledger.append(tx, ADA, TestEvent.of("a.b", "lost"));
                                    throw new IllegalStateException("the change failed");
                                }))
                .isInstanceOf(IllegalStateException.class);
        fixture.record(ADA, TestEvent.of("a.b", "kept"));

        assertThat(ledger.after(TENANT, 0, 10)).extracting(Entry::resource).containsExactly("kept");
        assertThat(ledger.newest(TENANT)).isEqualTo(1);
    }

    @Test
    void several_events_of_one_transaction_keep_their_order() {
        fixture.database.write(
                TENANT,
                tx -> {
                    for (int i = 0; i < 20; i++) {
                        ledger.append(tx, ADA, TestEvent.of("a.b", "item/" + i));
                    }
                    return true;
                });
        fixture.settle();

        assertThat(ledger.after(TENANT, 0, 100))
                .extracting(Entry::resource)
                .isEqualTo(LongStream.range(0, 20).mapToObj(i -> "item/" + i).toList());
    }

    @Test
    void time_never_runs_back() {
        var start = fixture.clock.instant();
        fixture.record(ADA, TestEvent.of("a.b", "first"));
        fixture.clock.advance(Duration.ofHours(-1));
        fixture.record(ADA, TestEvent.of("a.b", "second"));

        assertThat(ledger.after(TENANT, 0, 10))
                .extracting(Entry::time)
                .containsExactly(start, start);
    }

    @Test
    void many_at_once_get_numbers_without_gaps_and_lose_nothing() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Future<?>>();
            for (int i = 0; i < 200; i++) {
                var actor = i % 2 == 0 ? ADA : EVE;
                var event = TestEvent.of("a.b", "item/" + i);
                tasks.add(threads.submit(() -> ledger.record(actor, event)));
            }
            for (var task : tasks) {
                task.get();
            }
        }
        fixture.settle();

        for (var tenant : List.of(TENANT, OTHER)) {
            assertThat(ledger.after(tenant, 0, 1_000))
                    .extracting(Entry::sequence)
                    .isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
        }
    }

    @Test
    void a_search_pages_from_the_newest_to_the_oldest_and_counts_the_whole_set() {
        for (int i = 1; i <= 7; i++) {
            fixture.record(ADA, TestEvent.of("a.b", "item/" + i));
        }

        var first = ledger.search(TENANT, LedgerFixture.everything(3));
        var second = ledger.search(TENANT, before(first.next().orElseThrow(), 3));
        var third = ledger.search(TENANT, before(second.next().orElseThrow(), 3));

        assertThat(first.items()).extracting(Entry::sequence).containsExactly(7L, 6L, 5L);
        assertThat(second.items()).extracting(Entry::sequence).containsExactly(4L, 3L, 2L);
        assertThat(third.items()).extracting(Entry::sequence).containsExactly(1L);
        assertThat(third.next()).isEmpty();
        assertThat(List.of(first.total(), second.total(), third.total())).containsOnly(7L);
    }

    @Test
    void a_search_finds_by_every_condition() {
        var start = fixture.clock.instant();
        fixture.record(ADA, TestEvent.of("secret.read", "prod/db/password"));
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.record(BOB, TestEvent.of("secret.write", "prod/web").refused());
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.record(
                ADA, TestEvent.of("session.start", "").saying(Map.of("agent", "100%_Zilla!")));
        fixture.record(EVE, TestEvent.of("secret.read", "prod/db/password"));

        assertThat(found("action", "secret.")).containsExactly(2L, 1L);
        assertThat(found("action", "secret.read")).containsExactly(1L);
        assertThat(found("action", "secret")).isEmpty();
        assertThat(found("resource", "prod/")).containsExactly(2L, 1L);
        assertThat(found("resource", "prod/web")).containsExactly(2L);
        assertThat(found("actor", BOB.id().toString())).containsExactly(2L);
        assertThat(found("outcome", "REFUSED")).containsExactly(2L);
        assertThat(found("outcome", "SUCCESS")).containsExactly(3L, 1L);
        assertThat(found("severity", "WARNING")).containsExactly(2L);
        assertThat(found("severity", "INFO")).containsExactly(3L, 1L);
        assertThat(found("text", "100%_zilla!")).containsExactly(3L);
        assertThat(found("text", "0_Z")).isEmpty();
        assertThat(found("text", "ADA")).containsExactly(3L, 1L);
        assertThat(found("from", start.plusSeconds(1).toString())).containsExactly(3L, 2L);
        assertThat(found("to", start.plusSeconds(60).toString())).containsExactly(1L);
    }

    @Test
    void hostile_text_is_kept_as_it_can_be_and_never_breaks_an_append() {
        fixture.record(ADA, TestEvent.of("a.b", "nul\0 and half \ud83d end '; DROP TABLE x; --"));

        assertThat(ledger.entry(TENANT, 1).orElseThrow().resource())
                .isEqualTo("nul\ufffd and half \ufffd end '; DROP TABLE x; --");
    }

    @Test
    void listeners_hear_of_new_events_and_see_them() throws Exception {
        var heard = new AtomicInteger();
        try (var _ = ledger.onAppend(heard::incrementAndGet)) {
            fixture.database.write(
                    TENANT,
                    tx -> {
                        ledger.append(tx, ADA, TestEvent.of("a.b", "x"));
                        return true;
                    });

            Await.until("the listener was told", () -> heard.get() > 0);
            assertThat(ledger.newest(TENANT)).isEqualTo(1);
        }
    }

    @Test
    void an_event_of_a_slow_transaction_shows_as_soon_as_it_commits() {
        assumeThat(fixture.database.engine()).isEqualTo(Database.Engine.POSTGRESQL);
        try (var patient = new LedgerFixture(TestDatabase.POSTGRESQL, Duration.ofHours(1))) {
            patient.database.write(
                    TENANT,
                    tx -> {
                        patient.ledger.append(tx, ADA, TestEvent.of("a.b", "slow"));
                        return tx.execute("SELECT pg_sleep(1.5)"); // longer than is looked for it
                    });

            Await.until("it has its place", () -> patient.ledger.newest(TENANT) == 1);
        }
    }

    private List<Long> found(String condition, String value) {
        var given = Optional.of(value);
        var none = Optional.<String>empty();
        var search =
                new Search(
                        pick(condition, "from", given).map(java.time.Instant::parse),
                        pick(condition, "to", given).map(java.time.Instant::parse),
                        pick(condition, "action", given),
                        pick(condition, "actor", given).map(java.util.UUID::fromString),
                        pick(condition, "resource", given),
                        pick(condition, "outcome", given).map(Event.Outcome::valueOf),
                        pick(condition, "severity", given).map(Event.Severity::valueOf),
                        pick(condition, "text", given),
                        none.map(Long::valueOf),
                        10);
        var page = ledger.search(TENANT, search);
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream().map(Entry::sequence).toList();
    }

    private static Optional<String> pick(String wanted, String name, Optional<String> value) {
        return value.filter(_ -> wanted.equals(name));
    }

    private static Search before(String cursor, int limit) {
        var all = LedgerFixture.everything(limit);
        return new Search(
                all.from(),
                all.to(),
                all.action(),
                all.actor(),
                all.resource(),
                all.outcome(),
                all.severity(),
                all.text(),
                Optional.of(Long.valueOf(cursor)),
                limit);
    }
}
