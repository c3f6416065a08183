package holdfast.testkit;

import holdfast.kernel.TenantId;
import holdfast.storage.Schema;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The rooms that the tests of storage keep rows in.
final class Sample {
    static final Schema NOTES = new Schema("sample", Sample.class);
    static final Schema COUNTERS = new Schema("second", Sample.class);

    private Sample() {}

    static int insert(Handle tx, TenantId tenant, UUID id, String title) {
        return tx.createUpdate(
                        """
                        INSERT INTO sample_note (tenant_id, id, title, at)
                        VALUES (:tenant, :id, :title, 0)
                        """)
                .bind("tenant", tenant)
                .bind("id", id)
                .bind("title", title)
                .execute();
    }

    static List<String> titles(Handle tx) {
        return tx.createQuery("SELECT title FROM sample_note ORDER BY title")
                .mapTo(String.class)
                .list();
    }
}
