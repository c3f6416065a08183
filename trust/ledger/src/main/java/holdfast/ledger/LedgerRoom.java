package holdfast.ledger;

import holdfast.cluster.Job;
import holdfast.crypto.Crypto;
import holdfast.kernel.Ids;
import holdfast.kernel.TenantId;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/// The room, put together. Close it before the database.
public final class LedgerRoom implements AutoCloseable {
    private static final Duration ALONE = Duration.ofSeconds(10); // SQLite: every append rings
    private static final Duration TOGETHER =
            Duration.ofMillis(100); // PostgreSQL: others append too
    private static final Duration COUNTED_EVERY =
            Duration.ofSeconds(2); // what is newer is counted when asked for
    private static final Duration SIGNED_EVERY = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final Function<Seal, Proofs> proofs;
    private final Readers readers;
    private final Retention retention;
    private final Hints hints;
    private final Follower counting;

    private LedgerRoom(
            Ledger ledger,
            Function<Seal, Proofs> proofs,
            Readers readers,
            Retention retention,
            Hints hints,
            Follower counting) {
        this.ledger = ledger;
        this.proofs = proofs;
        this.readers = readers;
        this.retention = retention;
        this.hints = hints;
        this.counting = counting;
    }

    /// {@return the tables `ledger_*`}
    public static Schema schema() {
        return new Schema("ledger", LedgerRoom.class);
    }

    /// Starts the threads that tell listeners and count events, and on PostgreSQL put them in order.
    public static LedgerRoom assemble(
            Database database, Crypto crypto, Ids ids, InstantSource clock) {
        var events = new EventStore();
        var leaf = new Leaf(crypto);
        var sequencer = new Sequencer(database, events, leaf, ids, clock);
        var hints =
                switch (database.engine()) {
                    case SQLITE -> new Hints(() -> size(database, events), ALONE);
                    case POSTGRESQL ->
                            new Hints(
                                    () -> {
                                        sequencer.run();
                                        return size(database, events);
                                    },
                                    TOGETHER);
                };
        Appender appender =
                switch (database.engine()) {
                    case SQLITE -> new SqliteAppender(leaf, clock);
                    case POSTGRESQL -> sequencer;
                };
        var cursors = new CursorStore();
        var counts = new CountStore(events, cursors);
        hints.start();
        return new LedgerRoom(
                new MerkleLedger(database, events, counts, appender, hints),
                seal -> new SignedProofs(database, events, crypto, seal, clock),
                new CursorReaders(database, events, cursors, hints),
                new Retention(database, events),
                hints,
                new Follower(
                                CountStore.CURSOR,
                                () -> database.writePlatform(counts::count),
                                COUNTED_EVERY,
                                hints)
                        .start());
    }

    public Ledger ledger() {
        return ledger;
    }

    /// {@return proofs, signed with a key that `seal` derives}
    public Proofs proofs(Seal seal) {
        return proofs.apply(seal);
    }

    public Readers readers() {
        return readers;
    }

    /// Takes bodies and salts of a tenant's events from before `before`; proofs keep working.
    ///
    /// @return how many events lost their body
    public long forget(TenantId tenant, Instant before) {
        return retention.forget(tenant, before);
    }

    /// {@return what the clock of the cluster runs for the ledger}
    public List<Job> jobs(Seal seal) {
        var signing = proofs(seal);
        return List.of(new Job("ledger-checkpoint", SIGNED_EVERY, signing::checkpoint));
    }

    @Override
    public void close() {
        counting.close();
        hints.close();
    }

    private static long size(Database database, EventStore events) {
        return database.readPlatform(tx -> events.head(tx).size());
    }
}
