package holdfast.vault;

import holdfast.kernel.TenantId;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The SQL of `vault_term`, the index that searches read.
final class TermStore {
    void add(Handle tx, TenantId tenant, Map<UUID, Terms.Found> words) {
        var insert =
                tx.prepareBatch(
                        """
                        INSERT INTO vault_term (tenant_id, kind, term, secret_id) VALUES (:tenant, :kind, :term, :secret)
                        """);
        words.forEach((id, found) -> {
            found.tags().forEach(tag -> add(insert, tenant, id, "TAG", tag));
            found.words().forEach(word -> add(insert, tenant, id, "WORD", word));
        });
        if (insert.size() > 0) {
            insert.execute();
        }
    }

    private static void add(
            PreparedBatch insert, TenantId tenant, UUID secret, String kind, String term) {
        insert.bind("tenant", tenant)
                .bind("kind", kind)
                .bind("term", term)
                .bind("secret", secret)
                .add();
    }

    void remove(Handle tx, TenantId tenant, UUID secret) {
        tx.createUpdate("DELETE FROM vault_term WHERE tenant_id = :tenant AND secret_id = :secret")
                .bind("tenant", tenant)
                .bind("secret", secret)
                .execute();
    }
}
