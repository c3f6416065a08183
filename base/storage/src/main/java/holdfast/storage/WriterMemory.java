package holdfast.storage;

import org.jdbi.v3.core.Handle;

/// Tells whether what a room remembers of its own rows, from earlier transactions of SQLite's one writer, still holds.
///
/// Nobody else writes, so only a rollback can make it untrue. What is remembered is for the writer's thread alone.
public final class WriterMemory {
    private long connection = -1;
    private long rollbacks;

    /// {@return whether this is a transaction of the one writer: elsewhere nothing may be remembered}
    public static boolean isWriter(Handle tx) {
        return tx.getStatementBuilder() instanceof PreparedOnce kept && kept.isWriter();
    }

    /// {@return whether something was rolled back, or the connection was opened anew, since the last call}
    public boolean isLost(Handle tx) {
        var kept = (PreparedOnce) tx.getStatementBuilder();
        boolean lost = kept.number() != connection || kept.rollbacks() != rollbacks;
        connection = kept.number();
        rollbacks = kept.rollbacks();
        return lost;
    }
}
