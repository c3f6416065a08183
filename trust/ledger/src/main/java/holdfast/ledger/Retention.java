package holdfast.ledger;

import holdfast.kernel.Micros;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Takes bodies and salts of old events, the oldest first; leaf hashes and heads stay, so proofs keep working.
final class Retention {
    private static final int CHUNK = 500; // events in one transaction
    private static final Duration PLATFORM = Duration.ofDays(365); // events of no tenant
    private static final Duration ALL_HEADS = Duration.ofDays(90); // before that, one a day
    private static final UUID SERVICE = new UUID(0x686f6c6466617374L, 0x726574656e74696fL);

    private final Database database;
    private final EventStore events;
    private final Recorder recorder;
    private final CheckpointStore checkpoints = new CheckpointStore();
    private final InstantSource clock;

    Retention(Database database, EventStore events, Recorder recorder, InstantSource clock) {
        this.database = database;
        this.events = events;
        this.recorder = recorder;
        this.clock = clock;
    }

    /// One turn of the job. Idempotent: a run may be cut short and repeated.
    ///
    /// @param tenants how long each keeps the bodies of its events
    void run(Map<TenantId, Duration> tenants) {
        var now = clock.instant();
        tenants.forEach((tenant, kept) -> forget(tenant, now.minus(kept)));
        forget(TenantId.PLATFORM, now.minus(PLATFORM));
        long before = Micros.of(now.minus(ALL_HEADS));
        database.writePlatform(tx -> checkpoints.thin(tx, before));
    }

    /// @return how many events lost their body
    long forget(TenantId tenant, Instant before) {
        long end = database.read(tenant, tx -> events.firstSince(tx, tenant, Micros.of(before)));
        long first = database.read(tenant, tx -> events.firstWhole(tx, tenant));
        for (long from = first; from < end; from += CHUNK) {
            long start = from;
            long stop = Math.min(end, from + CHUNK);
            database.write(
                    tenant,
                    tx -> {
                        if (start == first) {
                            say(tx, tenant, new Ended(before, first, end - 1));
                        }
                        return events.forget(tx, tenant, start, stop);
                    });
        }
        return Math.max(0, end - first);
    }

    private void say(Handle tx, TenantId tenant, Event ended) {
        var service =
                new Principal(
                        SERVICE, Principal.Kind.SERVICE, "retention", tenant, Origin.INTERNAL);
        recorder.append(tx, service, ended);
    }

    /// The retention of the tenant's events `first` to `last` ended: their details are taken.
    private record Ended(Instant before, long first, long last) implements Event {
        @Override
        public String action() {
            return "audit.retention";
        }

        @Override
        public String resource() {
            return "audit";
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("before", before.toString(), "first", first, "last", last);
        }
    }
}
