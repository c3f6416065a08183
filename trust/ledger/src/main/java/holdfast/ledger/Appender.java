package holdfast.ledger;

import org.jdbi.v3.core.Handle;

/// How an event gets into the ledger, which differs by engine.
interface Appender {
    /// Adds the event in the caller's transaction.
    void append(Handle tx, Draft draft);
}
