package holdfast.ledger;

import holdfast.crypto.Crypto;
import holdfast.kernel.Ids;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import java.time.Duration;
import java.time.InstantSource;

/// The room, put together. Close it before the database.
public final class LedgerRoom implements AutoCloseable {
    private static final Duration ALONE = Duration.ofSeconds(10); // SQLite: every append rings
    private static final Duration TOGETHER =
            Duration.ofMillis(100); // PostgreSQL: others append too

    private final Ledger ledger;
    private final Hints hints;

    private LedgerRoom(Ledger ledger, Hints hints) {
        this.ledger = ledger;
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
        return switch (database.engine()) {
            case SQLITE -> {
                var hints = new Hints(() -> size(database, events), ALONE);
                yield started(database, events, new SqliteAppender(leaf, clock), hints);
            }
            case POSTGRESQL -> {
                var sequencer = new Sequencer(database, events, leaf, ids, clock);
                var hints =
                        new Hints(
                                () -> {
                                    sequencer.run();
                                    return size(database, events);
                                },
                                TOGETHER);
                yield started(database, events, sequencer, hints);
            }
        };
    }

    public Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        hints.close();
    }

    private static LedgerRoom started(
            Database database, EventStore events, Appender appender, Hints hints) {
        hints.start();
        return new LedgerRoom(new MerkleLedger(database, events, appender, hints), hints);
    }

    private static long size(Database database, EventStore events) {
        return database.readPlatform(tx -> events.head(tx).size());
    }
}
