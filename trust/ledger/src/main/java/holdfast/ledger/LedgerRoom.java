package holdfast.ledger;

import holdfast.cluster.Job;
import holdfast.crypto.Crypto;
import holdfast.kernel.Ids;
import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// The room, put together. Close it before the database.
public final class LedgerRoom implements AutoCloseable {
    private static final Duration ALONE = Duration.ofSeconds(10); // SQLite: every append rings
    private static final Duration TOGETHER =
            Duration.ofSeconds(1); // PostgreSQL: a node that died may have left pending events
    private static final Duration COUNTED_EVERY =
            Duration.ofSeconds(2); // what is newer is counted when asked for
    private static final Duration FORGOTTEN_EVERY = Duration.ofHours(6);
    private static final Duration SIGNED_EVERY = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final Function<Seal, Proofs> proofs;
    private final Readers readers;
    private final Retention retention;
    private final CountedRefusals refusals;
    private final List<AutoCloseable> threads;

    private LedgerRoom(
            Ledger ledger,
            Function<Seal, Proofs> proofs,
            Readers readers,
            Retention retention,
            CountedRefusals refusals,
            List<AutoCloseable> threads) {
        this.ledger = ledger;
        this.proofs = proofs;
        this.readers = readers;
        this.retention = retention;
        this.refusals = refusals;
        this.threads = threads;
    }

    /// {@return the tables `ledger_*`}
    public static Schema schema() {
        return new Schema("ledger", LedgerRoom.class);
    }

    /// Starts the threads that tell listeners and count events, and on PostgreSQL put them in order.
    public static LedgerRoom assemble(
            Database database, Crypto crypto, Ids ids, InstantSource clock) {
        return assemble(database, crypto, ids, clock, () -> true);
    }

    /// @param roomy whether there is room for events of nobody; when not they are counted in memory
    public static LedgerRoom assemble(
            Database database, Crypto crypto, Ids ids, InstantSource clock, BooleanSupplier roomy) {
        var look =
                switch (database.engine()) {
                    case SQLITE -> ALONE;
                    case POSTGRESQL -> TOGETHER;
                };
        return assemble(database, crypto, ids, clock, roomy, look);
    }

    /// @param look how often is looked for events that nobody told of
    static LedgerRoom assemble(
            Database database,
            Crypto crypto,
            Ids ids,
            InstantSource clock,
            BooleanSupplier roomy,
            Duration look) {
        var events = new EventStore();
        var leaf = new Leaf(crypto);
        var sequencer = new Sequencer(database, events, leaf, ids, clock);
        var hints = new Hints(() -> size(database, events, sequencer), look);
        hints.start();
        var cursors = new CursorStore();
        var counts = new CountStore(events, cursors);
        Appender appender =
                switch (database.engine()) {
                    case SQLITE -> new SqliteAppender(leaf, clock);
                    case POSTGRESQL -> sequencer;
                };
        var recorder = new Recorder(database, appender, hints);
        var refusals = new CountedRefusals(recorder::record, clock, roomy).start();
        return new LedgerRoom(
                new MerkleLedger(database, events, counts, recorder, refusals, hints),
                seal -> new SignedProofs(database, events, crypto, seal, clock),
                new CursorReaders(database, events, cursors, hints),
                new Retention(database, events, recorder, clock),
                refusals,
                List.of(
                        refusals,
                        new Follower(
                                        CountStore.CURSOR,
                                        () -> database.writePlatform(counts::count),
                                        COUNTED_EVERY,
                                        hints)
                                .start(),
                        hints));
    }

    /// {@return the check of a ledger that another process may be writing: starts nothing, only [Proofs#verify] may be asked}
    public static Proofs checking(
            Database database, Crypto crypto, Seal seal, InstantSource clock) {
        return new SignedProofs(database, new EventStore(), crypto, seal, clock);
    }

    /// {@return the time of the newest event that has its place, of any tenant; empty while there is none}
    public static Optional<Instant> newestTime(Database database) {
        var head = database.readPlatform(tx -> new EventStore().head(tx));
        return head.size() == 0 ? Optional.empty() : Optional.of(Micros.toInstant(head.time()));
    }

    public Ledger ledger() {
        return ledger;
    }

    /// {@return where refusals of nobody are counted}
    public CountedRefusals refusals() {
        return refusals;
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
    ///
    /// @param tenants how long each tenant keeps the details of its events
    public List<Job> jobs(Seal seal, Supplier<Map<TenantId, Duration>> tenants) {
        var signing = proofs(seal);
        return List.of(
                new Job("ledger-checkpoint", SIGNED_EVERY, signing::checkpoint),
                new Job("ledger-retention", FORGOTTEN_EVERY, () -> retention.run(tenants.get())));
    }

    @Override
    public void close() {
        for (var thread : threads) {
            try {
                thread.close();
            } catch (Exception failure) {
                throw new IllegalStateException("the ledger did not stop", failure);
            }
        }
    }

    /// On PostgreSQL every look puts in order what is pending.
    private static long size(Database database, EventStore events, Sequencer sequencer) {
        if (database.engine() == Database.Engine.POSTGRESQL) {
            sequencer.run();
        }
        return database.readPlatform(tx -> events.head(tx).size());
    }
}
