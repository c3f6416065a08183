package holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Nobody fills the ledger by being refused.
class CountedRefusalsTest {
    private final TestClock clock = new TestClock();
    private final List<Event> recorded = new ArrayList<>();
    private final AtomicBoolean roomy = new AtomicBoolean(true);
    private final AtomicBoolean full = new AtomicBoolean();
    private final CountedRefusals refusals = new CountedRefusals(this::record, clock, roomy::get);

    @Test
    void they_become_one_event_for_each_address_and_minute() {
        for (int i = 0; i < 1_000; i++) {
            refusals.count("192.0.2." + i % 2, "unauthenticated");
        }
        assertThat(refusals.flush()).isZero();
        clock.advance(Duration.ofMinutes(1));
        assertThat(refusals.flush()).isEqualTo(2);
        assertThat(refusals.flush()).isZero();

        assertThat(counts()).containsExactlyInAnyOrder(500L, 500L);
    }

    @Test
    void however_many_addresses_come_memory_and_events_are_bounded_and_nothing_is_left_out() {
        for (int i = 0; i < 100_000; i++) {
            refusals.count("2001:db8::" + Integer.toHexString(i), "unauthenticated");
        }
        clock.advance(Duration.ofMinutes(1));

        assertThat(refusals.flush()).isEqualTo(501);
        assertThat(counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(100_000);
    }

    @Test
    void while_there_is_no_room_they_wait_and_are_counted_on() {
        refusals.count("192.0.2.1", "unauthenticated");
        clock.advance(Duration.ofMinutes(1));
        roomy.set(false);
        assertThat(refusals.flush()).isZero();
        assertThat(refusals.admits()).isFalse();
        refusals.count("192.0.2.1", "unauthenticated");
        roomy.set(true);

        assertThat(refusals.flush()).isEqualTo(1);
        assertThat(counts()).containsExactly(2L);
    }

    @Test
    void what_could_not_be_recorded_comes_again() {
        refusals.count("192.0.2.1", "unauthenticated");
        clock.advance(Duration.ofMinutes(1));
        full.set(true);
        assertThatThrownBy(refusals::flush).isInstanceOf(Refusal.class);
        full.set(false);

        assertThat(refusals.flush()).isEqualTo(1);
    }

    @Test
    void what_is_younger_than_a_minute_is_recorded_at_the_end() {
        refusals.start().count("192.0.2.1", "unauthenticated");
        refusals.close();

        assertThat(counts()).containsExactly(1L);
    }

    @ParameterizedTest
    @EnumSource
    void a_flood_of_refused_sign_ins_is_kept_one_by_one_at_first_and_then_counted(
            TestDatabase engine) {
        try (var fixture = new LedgerFixture(engine)) {
            var nobody = Principal.anonymous(new Origin("192.0.2.1", new UUID(1, 1)));
            var tenants = nobody.in(TenantId.DEFAULT);
            for (int i = 0; i < 1_000; i++) {
                fixture.ledger.record(tenants, TestEvent.of("session.refuse", "").refused());
            }
            fixture.clock.advance(Duration.ofMinutes(1));
            fixture.room.refusals().flush();
            fixture.settle();

            var events = fixture.ledger.after(TenantId.DEFAULT, 0, 100);
            assertThat(events).hasSize(61);
            assertThat(events.getLast())
                    .returns("nobody.refuse", Entry::action)
                    .satisfies(last -> assertThat(last.body()).contains("\"count\":940"));
        }
    }

    private void record(Principal actor, Event event) {
        if (full.get()) {
            throw Problem.STORAGE_FULL.because("nothing was stored");
        }
        assertThat(actor.kind()).isEqualTo(Principal.Kind.ANONYMOUS);
        recorded.add(event);
    }

    private List<Long> counts() {
        return recorded.stream().map(event -> (Long) event.body().get("count")).toList();
    }
}
