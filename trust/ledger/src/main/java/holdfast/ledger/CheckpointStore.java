package holdfast.ledger;

import holdfast.merkle.Checkpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rows of `ledger_checkpoint`.
final class CheckpointStore {
    private static final long DAY = Duration.ofDays(1).toMillis() * 1_000; // µs

    Optional<Signed> newest(Handle tx) {
        return tx.createQuery("SELECT size, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1")
                .map((row, _) -> new Signed(row.getLong("size"), row.getString("note")))
                .findOne();
    }

    /// {@return up to `limit` heads of at least `size` events, the smallest first}
    List<Signed> from(Handle tx, long size, int limit) {
        return tx.createQuery(
                        """
                        SELECT size, note FROM ledger_checkpoint
                         WHERE size >= :size ORDER BY size LIMIT :limit
                        """)
                .bind("size", size)
                .bind("limit", limit)
                .map((row, _) -> new Signed(row.getLong("size"), row.getString("note")))
                .list();
    }

    void add(Handle tx, Checkpoint checkpoint, long time) {
        tx.createUpdate(
                        """
                        INSERT INTO ledger_checkpoint (size, time, note)
                        VALUES (:size, :time, :note)
                            ON CONFLICT DO NOTHING
                        """)
                .bind("size", checkpoint.size())
                .bind("time", time)
                .bind("note", checkpoint.note())
                .execute();
    }

    /// Keeps of each day before `before` the newest head only.
    ///
    /// @param before microseconds since the epoch
    int thin(Handle tx, long before) {
        return tx.createUpdate(
                        """
                        DELETE FROM ledger_checkpoint
                         WHERE time < :before
                           AND size NOT IN (SELECT max(size) FROM ledger_checkpoint
                                             WHERE time < :before GROUP BY time / :day)
                        """)
                .bind("before", before)
                .bind("day", DAY)
                .execute();
    }

    /// A head as it is stored; nothing about it is known to be true.
    record Signed(long size, String note) {}
}
