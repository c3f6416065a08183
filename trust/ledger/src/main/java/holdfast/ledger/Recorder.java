package holdfast.ledger;

import holdfast.kernel.Principal;
import holdfast.storage.Database;
import org.jdbi.v3.core.Handle;

/// Writes events, and rings for the readers.
final class Recorder {
    private final Database database;
    private final Appender appender;
    private final Hints hints;

    Recorder(Database database, Appender appender, Hints hints) {
        this.database = database;
        this.appender = appender;
        this.hints = hints;
    }

    /// On PostgreSQL the commit rings, so that the event gets its place at once however long the transaction takes.
    void append(Handle tx, Principal actor, Event event) {
        appender.append(tx, Draft.of(actor, event));
        switch (database.engine()) {
            case SQLITE -> hints.ring(); // the group commits within milliseconds
            case POSTGRESQL -> tx.afterCommit(hints::ring);
        }
    }

    void record(Principal actor, Event event) {
        var draft = Draft.of(actor, event);
        database.write(
                draft.tenant(),
                tx -> {
                    appender.append(tx, draft);
                    return true;
                });
        hints.ring();
    }
}
