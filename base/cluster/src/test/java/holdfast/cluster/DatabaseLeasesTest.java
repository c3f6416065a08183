package holdfast.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.storage.Database;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class DatabaseLeasesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Database database;
    private final TestClock clock = new TestClock();
    private final Leases here;
    private final Leases there;

    DatabaseLeasesTest(TestDatabase engine) {
        this.database = engine.open(ClusterRoom.SCHEMA);
        this.here = new DatabaseLeases(database, clock, "here");
        this.there = new DatabaseLeases(database, clock, "there");
    }

    @AfterEach
    void forget() {
        database.writePlatform(tx -> tx.execute("DELETE FROM cluster_lease"));
    }

    @Test
    void two_nodes_never_hold_a_name_at_once() {
        var first = here.take("sync", MINUTE);

        assertThat(first).isPresent();
        assertThat(there.take("sync", MINUTE)).isEmpty();
        assertThat(there.take("other", MINUTE)).isPresent();
    }

    @Test
    void the_token_grows_with_every_holder() {
        var first = here.take("sync", MINUTE).orElseThrow();
        first.close();
        var second = there.take("sync", MINUTE).orElseThrow();

        assertThat(second.fencingToken()).isGreaterThan(first.fencingToken());
    }

    @Test
    void a_holder_that_slept_past_its_time_learns_that_it_lost() {
        var paused = here.take("sync", MINUTE).orElseThrow();
        clock.advance(MINUTE);
        var next = there.take("sync", MINUTE).orElseThrow();

        assertThat(paused.renew(MINUTE)).isFalse();
        paused.close();
        assertThat(here.take("sync", MINUTE)).as("the late close takes nothing away").isEmpty();
        assertThat(next.renew(MINUTE)).isTrue();
    }

    @Test
    void a_holder_that_slept_past_its_time_cannot_write_any_more() {
        var paused = here.take("sync", MINUTE).orElseThrow();
        assertThat(write(paused)).isTrue();
        clock.advance(MINUTE);
        assertThat(write(paused)).as("nobody took over yet").isTrue();
        var next = there.take("sync", MINUTE).orElseThrow();

        assertThat(catchThrowableOfType(Refusal.class, () -> write(paused)).problem())
                .isEqualTo(Problem.CONFLICT);
        assertThat(write(next)).isTrue();
    }

    private boolean write(Leases.Lease lease) {
        return database.writePlatform(tx -> {
            lease.requireHeld(tx);
            return true;
        });
    }

    @Test
    void a_renewed_lease_lasts_longer() {
        var held = here.take("sync", MINUTE).orElseThrow();
        clock.advance(Duration.ofSeconds(50));

        assertThat(held.renew(MINUTE)).isTrue();
        clock.advance(Duration.ofSeconds(50));
        assertThat(there.take("sync", MINUTE)).isEmpty();
    }

    @Test
    void of_many_that_ask_at_once_one_gets_it() {
        var holders = new AtomicInteger();

        IntStream.range(0, 20)
                .parallel()
                .forEach(i ->
                        (i % 2 == 0 ? here : there)
                                .take("race", MINUTE)
                                .ifPresent(_ -> holders.incrementAndGet()));

        assertThat(holders).hasValue(1);
    }
}
