package holdfast.ledger;

import holdfast.cluster.Job;
import holdfast.crypto.Crypto;
import holdfast.kernel.Ids;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/// The room, put together. Close it before the database.
public final class LedgerRoom implements AutoCloseable {
    private static final Duration ALONE = Duration.ofSeconds(10); // SQLite: every append rings
    private static final Duration TOGETHER =
            Duration.ofMillis(100); // PostgreSQL: others append too
    private static final Duration SIGNED_EVERY = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final Function<Seal, Proofs> proofs;
    private final Hints hints;

    private LedgerRoom(Ledger ledger, Function<Seal, Proofs> proofs, Hints hints) {
        this.ledger = ledger;
        this.proofs = proofs;
        this.hints = hints;
    }

    /// {@return the tables `ledger_*`}
    public static Schema schema() {
        return new Schema("ledger", LedgerRoom.class);
    }

    /// Starts the thread that tells listeners, and on PostgreSQL puts events in order.
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
        hints.start();
        return new LedgerRoom(
                new MerkleLedger(database, events, appender, hints),
                seal -> new SignedProofs(database, events, crypto, seal, clock),
                hints);
    }

    public Ledger ledger() {
        return ledger;
    }

    /// {@return proofs, signed with a key that `seal` derives}
    public Proofs proofs(Seal seal) {
        return proofs.apply(seal);
    }

    /// {@return what the clock of the cluster runs for the ledger}
    public List<Job> jobs(Seal seal) {
        var signing = proofs(seal);
        return List.of(new Job("ledger-checkpoint", SIGNED_EVERY, signing::checkpoint));
    }

    @Override
    public void close() {
        hints.close();
    }

    private static long size(Database database, EventStore events) {
        return database.readPlatform(tx -> events.head(tx).size());
    }
}
