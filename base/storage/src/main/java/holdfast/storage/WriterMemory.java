package holdfast.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What rooms remember of their own rows, from earlier transactions of SQLite's one writer.
///
/// Nobody else writes, so only a rollback can make it untrue: then all of it is forgotten. It lives with the writer's
/// connection and is for the writer's thread alone. On PostgreSQL there is none: other nodes write, too.
public final class WriterMemory {
    private long connection = -1;
    private long rollbacks;

    /// {@return what `owner` remembers, the `most` lately used of it; empty when this is no transaction of the one writer}
    ///
    /// @param owner whose rows these are; it asks with the same types of keys and values each time
    @SuppressWarnings("unchecked") // as the owner asked for it before
    public static <K, V> Optional<Map<K, V>> of(Handle tx, Class<?> owner, int most) {
        return tx.getStatementBuilder() instanceof PreparedOnce kept && kept.isWriter()
                ? Optional.of(
                        (Map<K, V>)
                                kept.memories().computeIfAbsent(owner, _ -> new Lately<K, V>(most)))
                : Optional.empty();
    }

    /// {@return whether something was rolled back, or the connection was opened anew, since the last call}
    public boolean isLost(Handle tx) {
        var kept = (PreparedOnce) tx.getStatementBuilder();
        boolean lost = kept.number() != connection || kept.rollbacks() != rollbacks;
        connection = kept.number();
        rollbacks = kept.rollbacks();
        return lost;
    }

    private static final class Lately<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Lately(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }
}
