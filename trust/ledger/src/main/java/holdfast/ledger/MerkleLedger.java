package holdfast.ledger;

import holdfast.kernel.Page;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The only [Ledger]: rows in order, each a leaf of one Merkle tree.
final class MerkleLedger implements Ledger {
    private static final int MOST = 1_000; // events in one answer

    private final Database database;
    private final EventStore events;
    private final SearchStore searches;
    private final CountStore counts;
    private final Recorder recorder;
    private final CountedRefusals refusals;
    private final Hints hints;

    MerkleLedger(
            Database database,
            EventStore events,
            CountStore counts,
            Recorder recorder,
            CountedRefusals refusals,
            Hints hints) {
        this.database = database;
        this.events = events;
        this.searches = new SearchStore(events);
        this.counts = counts;
        this.recorder = recorder;
        this.refusals = refusals;
        this.hints = hints;
    }

    @Override
    public void append(Handle tx, Principal actor, Event event) {
        recorder.append(tx, actor, event);
    }

    @Override
    public void record(Principal actor, Event event) {
        boolean nobodys =
                actor.kind() == Principal.Kind.ANONYMOUS
                        && event.outcome() == Event.Outcome.REFUSED;
        if (nobodys && !refusals.admits()) {
            refusals.count(actor.origin().address(), event.action());
        } else {
            recorder.record(actor, event);
        }
    }

    @Override
    public Page<Entry> search(TenantId tenant, Search search) {
        return database.read(tenant, tx -> searches.find(tx, tenant, search));
    }

    @Override
    public List<Entry> window(TenantId tenant, Search search) {
        return database.read(tenant, tx -> searches.window(tx, tenant, search));
    }

    @Override
    public List<Tally> tallies(TenantId tenant, Search search) {
        return database.read(tenant, tx -> counts.tallies(tx, tenant, search));
    }

    @Override
    public Optional<Entry> entry(TenantId tenant, long sequence) {
        return database.read(tenant, tx -> events.after(tx, tenant, sequence - 1, 1)).stream()
                .filter(entry -> entry.sequence() == sequence)
                .findFirst();
    }

    @Override
    public List<Entry> after(TenantId tenant, long after, int limit) {
        return database.read(
                tenant, tx -> events.after(tx, tenant, after, Math.clamp(limit, 1, MOST)));
    }

    @Override
    public long newest(TenantId tenant) {
        return database.read(tenant, tx -> events.newest(tx, tenant));
    }

    @Override
    public Optional<Instant> wholeSince(TenantId tenant) {
        return database.read(tenant, tx -> events.wholeSince(tx, tenant));
    }

    @Override
    public AutoCloseable onAppend(Runnable listener) {
        return hints.listen(listener);
    }
}
