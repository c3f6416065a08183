package holdfast.administration;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.administration.Office.Did;
import holdfast.kernel.Page;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.ledger.Event;
import holdfast.ledger.Ledger;
import holdfast.ledger.Search;
import holdfast.ledger.Tally;
import holdfast.testkit.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A walk over the whole ledger costs as much as the ledger is long.
class AuditTrailTest {
    private static final int EVENTS = 2_345;

    @ParameterizedTest
    @EnumSource
    void a_walk_shows_everything_that_matches_and_counts_nothing(TestDatabase engine) {
        try (var office = new Office(engine)) {
            office.database.write(
                    office.admin.tenant(),
                    tx -> {
                        for (int i = 0; i < EVENTS; i++) {
                            var event = Did.of("vm.start", "service/" + i, Map.of());
                            office.ledger.ledger().append(tx, office.operator, event);
                        }
                        return true;
                    });
            office.settle();
            var trail = new AuditTrail(new Uncounted(office.ledger.ledger()));
            var seen = new ArrayList<Long>();
            trail.walk(
                    office.access.policy().scope(office.admin, Action.READ_AUDIT),
                    started(),
                    entry -> seen.add(entry.sequence()));

            assertThat(seen)
                    .hasSize(EVENTS)
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo((a, b) -> Long.compare(b, a));
        }
    }

    private static Search started() {
        return new Search(
                Optional.empty(),
                Optional.empty(),
                Optional.of("vm.start"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1);
    }

    /// A ledger that gives windows, and no totals.
    private record Uncounted(Ledger ledger) implements Ledger {
        @Override
        public List<Entry> window(TenantId tenant, Search search) {
            return ledger.window(tenant, search);
        }

        @Override
        public Page<Entry> search(TenantId tenant, Search search) {
            throw new AssertionError("everything that matches is counted for each window");
        }

        @Override
        public void append(Handle tx, Principal actor, Event event) {
            ledger.append(tx, actor, event);
        }

        @Override
        public void record(Principal actor, Event event) {
            ledger.record(actor, event);
        }

        @Override
        public List<Tally> tallies(TenantId tenant, Search search) {
            return ledger.tallies(tenant, search);
        }

        @Override
        public Optional<Entry> entry(TenantId tenant, long sequence) {
            return ledger.entry(tenant, sequence);
        }

        @Override
        public List<Entry> after(TenantId tenant, long after, int limit) {
            return ledger.after(tenant, after, limit);
        }

        @Override
        public long newest(TenantId tenant) {
            return ledger.newest(tenant);
        }

        @Override
        public Optional<Instant> wholeSince(TenantId tenant) {
            return ledger.wholeSince(tenant);
        }

        @Override
        public AutoCloseable onAppend(Runnable listener) {
            return ledger.onAppend(listener);
        }
    }
}
