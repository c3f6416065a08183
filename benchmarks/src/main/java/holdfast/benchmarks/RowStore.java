package holdfast.benchmarks;

import org.jdbi.v3.core.Handle;

/// The table `benchmarks_row`.
final class RowStore {
    int add(Handle tx, long id) {
        return tx.createUpdate("INSERT INTO benchmarks_row (id, content) VALUES (:id, :content)")
                .bind("id", id)
                .bind(
                        "content",
                        "one row of a hundred bytes or so, as a small record would be; number "
                                + id)
                .execute();
    }
}
