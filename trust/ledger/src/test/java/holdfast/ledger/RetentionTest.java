package holdfast.ledger;

import static holdfast.ledger.LedgerFixture.ADA;
import static holdfast.ledger.LedgerFixture.EVE;
import static holdfast.ledger.LedgerFixture.OTHER;
import static holdfast.ledger.LedgerFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.cluster.Job;
import holdfast.kernel.TenantId;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What retention takes and what it leaves, on both databases.
@ParameterizedClass
@EnumSource
class RetentionTest {
    private final LedgerFixture fixture;

    RetentionTest(TestDatabase engine) {
        fixture = new LedgerFixture(engine);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void each_tenant_keeps_details_as_long_as_it_says_and_the_run_is_an_event() {
        fixture.record(ADA, TestEvent.of("a.b", "1"), TestEvent.of("a.b", "2"));
        fixture.record(EVE, TestEvent.of("a.b", "theirs"));
        fixture.clock.advance(Duration.ofDays(100));
        fixture.record(ADA, TestEvent.of("a.b", "3"));
        assertThat(fixture.ledger.wholeSince(TENANT)).isEmpty();

        job().run().run();
        fixture.settle();

        var ours = fixture.ledger.after(TENANT, 0, 10);
        assertThat(ours).extracting(Entry::gone).containsExactly(true, true, false, false);
        assertThat(ours.getFirst().body()).isEqualTo("{}");
        assertThat(ours.getFirst().resource()).isEqualTo("1");
        assertThat(ours.get(2).body()).contains("3");
        assertThat(ours.getLast())
                .returns("audit.retention", Entry::action)
                .returns("SERVICE", Entry::actorKind)
                .returns(
                        "{\"before\":\"2026-03-12T00:00:00Z\",\"first\":1,\"last\":2}",
                        Entry::body);
        assertThat(fixture.ledger.wholeSince(TENANT)).contains(fixture.clock.instant());
        assertThat(fixture.ledger.after(OTHER, 0, 10)).extracting(Entry::gone).containsOnly(false);
    }

    @Test
    void a_run_that_finds_nothing_old_leaves_no_event() {
        fixture.record(ADA, TestEvent.of("a.b", "1"));
        fixture.clock.advance(Duration.ofDays(100));

        job().run().run();
        job().run().run();
        fixture.settle();

        assertThat(fixture.ledger.newest(TENANT)).isEqualTo(2);
    }

    @Test
    void a_run_cut_short_is_finished_by_the_next_one() {
        for (int i = 0; i < 3; i++) {
            fixture.record(ADA, TestEvent.of("a.b", "x" + i));
        }
        fixture.clock.advance(Duration.ofDays(100));
        fixture.database.write(TENANT, tx -> new EventStore().forget(tx, TENANT, 1, 2));

        assertThat(fixture.room.forget(TENANT, fixture.clock.instant())).isEqualTo(2);
        fixture.settle();

        assertThat(fixture.ledger.after(TENANT, 0, 10))
                .extracting(Entry::gone)
                .containsExactly(true, true, true, false);
    }

    @Test
    void old_heads_are_thinned_to_one_a_day_and_every_proof_still_works() {
        for (int i = 0; i < 8; i++) {
            fixture.record(ADA, TestEvent.of("a.b", "x" + i));
            fixture.proofs.checkpoint();
            fixture.clock.advance(Duration.ofHours(8));
        }
        var early = fixture.proofs.checkpoint();
        fixture.clock.advance(Duration.ofDays(91));
        fixture.record(ADA, TestEvent.of("a.b", "new"));
        fixture.proofs.checkpoint();

        job().run().run();

        var sizes =
                fixture.database.readPlatform(tx ->
                        tx.createQuery("SELECT size FROM ledger_checkpoint ORDER BY size")
                                .mapTo(Long.class)
                                .list());
        assertThat(sizes).containsExactly(3L, 6L, 8L, 9L);
        assertThat(fixture.proofs.verify(early.note())).isInstanceOf(Verdict.Sound.class);
        assertThat(fixture.proofs.consistency(2, 9).path()).isNotEmpty();
    }

    @Test
    void events_of_no_tenant_are_kept_for_a_year() {
        var nobody =
                holdfast.kernel.Principal.anonymous(
                        new holdfast.kernel.Origin("192.0.2.1", new java.util.UUID(1, 1)));
        fixture.record(nobody, TestEvent.of("nobody.refuse", "x"));
        fixture.clock.advance(Duration.ofDays(366));

        job().run().run();
        fixture.settle();

        assertThat(fixture.ledger.after(TenantId.PLATFORM, 0, 1))
                .extracting(Entry::gone)
                .containsExactly(true);
    }

    private Job job() {
        return fixture
                .room
                .jobs(
                        fixture.seal,
                        () -> Map.of(TENANT, Duration.ofDays(30), OTHER, Duration.ofDays(200)))
                .stream()
                .filter(job -> job.name().equals("ledger-retention"))
                .findFirst()
                .orElseThrow();
    }
}
