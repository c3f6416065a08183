package holdfast.ledger;

import static holdfast.ledger.LedgerFixture.ADA;
import static holdfast.ledger.LedgerFixture.BOB;
import static holdfast.ledger.LedgerFixture.EVE;
import static holdfast.ledger.LedgerFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.kernel.Principal;
import holdfast.testkit.Await;
import holdfast.testkit.Cases;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Counted is what a scan of all events would count, on both databases.
@ParameterizedClass
@EnumSource
class CountsTest {
    private static final List<Principal> ACTORS = List.of(ADA, BOB, EVE);
    private static final List<String> ACTIONS = List.of("secret.read", "secret.write", "user.add");

    private final LedgerFixture fixture;
    private final CountStore counts = new CountStore(new EventStore(), new CursorStore());

    CountsTest(TestDatabase engine) {
        fixture = new LedgerFixture(engine);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void random_questions_get_the_answer_of_a_scan_wherever_the_cursor_stands() {
        var random = Cases.seeded(17);
        for (int round = 0; round < 4; round++) {
            fill(random, 300);
            ask(random, 25); // the cursor may be behind
            countSome();
            ask(random, 25);
        }
        countAll();
        ask(random, 50);
    }

    @Test
    void a_crash_between_counting_and_keeping_the_position_counts_nothing_twice() {
        fill(Cases.seeded(4), 700);

        assertThatThrownBy(() ->
                        fixture.database.writePlatform(tx -> {
                            counts.count(tx);
                            throw new IllegalStateException("the process ends here");
                        }))
                .isInstanceOf(IllegalStateException.class);
        countAll();

        var kept =
                fixture.database.readPlatform(tx ->
                        tx.createQuery("SELECT sum(events) FROM ledger_count")
                                .mapTo(Long.class)
                                .one());
        assertThat(kept).isEqualTo(700);
        ask(Cases.seeded(5), 20);
    }

    @Test
    void the_room_counts_by_itself() {
        fixture.record(ADA, TestEvent.of("secret.read", "prod/db"));

        Await.until(
                "the event is counted",
                () ->
                        fixture.database.<Long>readPlatform(tx ->
                                tx.createQuery(
                                                "SELECT count(*) FROM ledger_count WHERE action ="
                                                        + " 'secret.read'")
                                        .mapTo(Long.class)
                                        .one())
                                == 1);
    }

    private void fill(RandomGenerator random, int many) {
        for (int i = 0; i < many; i += 10) {
            fixture.database.writePlatform(tx -> {
                for (int j = 0; j < 10; j++) {
                    var event =
                            TestEvent.of(Cases.oneOf(random, ACTIONS), "item/" + random.nextInt(3));
                    fixture.ledger.append(
                            tx,
                            Cases.oneOf(random, ACTORS),
                            random.nextInt(4) == 0 ? event.refused() : event);
                }
                return true;
            });
            fixture.clock.advance(Duration.ofSeconds(random.nextInt(3_000)));
        }
        fixture.settle();
    }

    private void countSome() {
        fixture.database.writePlatform(counts::count);
    }

    private void countAll() {
        int some = 1;
        while (some > 0) {
            some = fixture.database.writePlatform(counts::count);
        }
    }

    private void ask(RandomGenerator random, int times) {
        for (int i = 0; i < times; i++) {
            var search = search(random);
            assertThat(counted(search)).as("%s", search).isEqualTo(scanned(search));
        }
    }

    private Map<String, Long> counted(Search search) {
        var all = new TreeMap<String, Long>();
        fixture.ledger
                .tallies(TENANT, search)
                .forEach(one ->
                        all.merge(
                                key(one.hour(), one.action(), one.actorName(), one.outcome()),
                                one.events(),
                                Long::sum));
        return all;
    }

    private Map<String, Long> scanned(Search search) {
        var all = new TreeMap<String, Long>();
        for (long after = 0; after < fixture.ledger.newest(TENANT); after += 1_000) {
            fixture.ledger.after(TENANT, after, 1_000).stream()
                    .filter(entry -> matches(entry, search))
                    .forEach(entry ->
                            all.merge(
                                    key(
                                            entry.time().truncatedTo(ChronoUnit.HOURS),
                                            entry.action(),
                                            entry.actorName(),
                                            entry.outcome()),
                                    1L,
                                    Long::sum));
        }
        return all;
    }

    private static String key(Instant hour, String action, String actor, Event.Outcome outcome) {
        return String.join(" ", hour.toString(), action, actor, outcome.name());
    }

    private static boolean matches(Entry entry, Search search) {
        return search.from().map(from -> !entry.time().isBefore(from)).orElse(true)
                && search.to().map(to -> entry.time().isBefore(to)).orElse(true)
                && search.action()
                        .map(action ->
                                action.endsWith(".")
                                        ? entry.action().startsWith(action)
                                        : entry.action().equals(action))
                        .orElse(true)
                && search.actor().map(entry.actor()::equals).orElse(true)
                && search.resource().map(entry.resource()::equals).orElse(true)
                && search.outcome().map(outcome -> entry.outcome() == outcome).orElse(true)
                && search.severity().map(severity -> entry.severity() == severity).orElse(true);
    }

    private Search search(RandomGenerator random) {
        return new Search(
                time(random),
                time(random),
                maybe(random, List.of("secret.", "secret.read", "user.add")),
                maybe(random, List.of(ADA.id(), BOB.id(), new UUID(1, 1))),
                random.nextInt(8) == 0 ? Optional.of("item/1") : Optional.empty(),
                maybe(random, List.of(Event.Outcome.values())),
                maybe(random, List.of(Event.Severity.values())),
                Optional.empty(),
                Optional.empty(),
                100);
    }

    private Optional<Instant> time(RandomGenerator random) {
        long span = Duration.between(TestClock.START, fixture.clock.instant()).toSeconds() + 7_200;
        var at = TestClock.START.plusSeconds(random.nextLong(span) - 3_600);
        return switch (random.nextInt(4)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(at.truncatedTo(ChronoUnit.HOURS));
            default -> Optional.of(at);
        };
    }

    private static <T> Optional<T> maybe(RandomGenerator random, List<T> values) {
        return random.nextInt(3) == 0 ? Optional.of(Cases.oneOf(random, values)) : Optional.empty();
    }
}
