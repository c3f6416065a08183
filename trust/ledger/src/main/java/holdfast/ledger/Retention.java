package holdfast.ledger;

import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.time.Instant;

/// Takes bodies and salts of old events; leaf hashes and heads stay, so proofs keep working.
final class Retention {
    private static final int CHUNK = 500; // events in one transaction

    private final Database database;
    private final EventStore events;

    Retention(Database database, EventStore events) {
        this.database = database;
        this.events = events;
    }

    /// @return how many events lost their body
    long forget(TenantId tenant, Instant before) {
        long end = database.read(tenant, tx -> events.firstSince(tx, tenant, Micros.of(before)));
        long all = 0;
        for (long from = 1; from < end; from += CHUNK) {
            long start = from;
            long stop = Math.min(end, from + CHUNK);
            boolean any = database.read(tenant, tx -> events.hasBodies(tx, tenant, start, stop));
            if (any) {
                all += database.write(tenant, tx -> events.forget(tx, tenant, start, stop));
            }
        }
        return all;
    }
}
