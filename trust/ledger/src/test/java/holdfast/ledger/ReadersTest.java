package holdfast.ledger;

import static holdfast.ledger.LedgerFixture.ADA;
import static holdfast.ledger.LedgerFixture.EVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.testkit.Await;
import holdfast.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What readers promise, on both databases.
@ParameterizedClass
@EnumSource
class ReadersTest {
    private final LedgerFixture fixture;
    private final Readers readers;

    ReadersTest(TestDatabase engine) {
        fixture = new LedgerFixture(engine);
        readers = fixture.room.readers();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_reader_sees_every_tenant_in_order_and_goes_on_where_it_was() {
        var seen = new ArrayList<String>();
        fixture.record(ADA, TestEvent.of("a.b", "1"), TestEvent.of("a.b", "2"));
        assertThat(
                        readers.step(
                                "test",
                                read -> read.forEach(one -> seen.add(one.entry().resource()))))
                .isEqualTo(2);
        fixture.record(EVE, TestEvent.of("a.b", "3"));
        readers.step("test", read -> read.forEach(one -> seen.add(one.entry().resource())));

        assertThat(seen).containsExactly("1", "2", "3");
        assertThat(readers.step("test", read -> seen.add("never"))).isZero();
    }

    @Test
    void what_a_reader_failed_at_comes_again() {
        fixture.record(ADA, TestEvent.of("a.b", "1"));
        assertThatThrownBy(() ->
                        readers.step(
                                "test",
                                _ -> {
                                    throw new IllegalStateException("no");
                                }))
                .isInstanceOf(IllegalStateException.class);
        var seen = new ArrayList<Readers.Read>();
        readers.step("test", seen::addAll);

        assertThat(seen).hasSize(1);
    }

    @Test
    void a_follower_is_woken_by_new_events() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (var _ =
                readers.follow(
                        "test", read -> read.forEach(one -> seen.add(one.entry().resource())))) {
            fixture.record(ADA, TestEvent.of("a.b", "1"));
            Await.until("the reader saw it", () -> seen.contains("1"));
        }
    }
}
