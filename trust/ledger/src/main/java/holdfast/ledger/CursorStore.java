package holdfast.ledger;

import org.jdbi.v3.core.Handle;

/// The rows of `ledger_cursor`: how far each reader has come, by global index.
final class CursorStore {
    long position(Handle tx, String name) {
        return tx.createQuery("SELECT next FROM ledger_cursor WHERE name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /// A position never goes back, though two nodes read under one name.
    int keep(Handle tx, String name, long next) {
        return tx.createUpdate(
                        """
                        INSERT INTO ledger_cursor (name, next) VALUES (:name, :next)
                            ON CONFLICT (name) DO UPDATE SET next = excluded.next
                         WHERE ledger_cursor.next < excluded.next
                        """)
                .bind("name", name)
                .bind("next", next)
                .execute();
    }
}
