package holdfast.vault;

import holdfast.kernel.TenantId;
import holdfast.secret.Terms;
import holdfast.storage.Direct;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `vault_term`, the index that searches read.
final class TermStore {
    void add(Handle tx, TenantId tenant, Map<UUID, Terms.Found> words) {
        if (words.isEmpty()) {
            return;
        }
        try (var insert =
                Direct.on(
                        tx,
                        "INSERT INTO vault_term (tenant_id, kind, term, secret_id) VALUES (?, ?, ?,"
                                + " ?)")) {
            int count = 0;
            for (var of : words.entrySet()) {
                for (var tag : of.getValue().tags()) {
                    insert.bind(tenant).bind("TAG").bind(tag).bind(of.getKey()).add();
                    count++;
                }
                for (var word : of.getValue().words()) {
                    insert.bind(tenant).bind("WORD").bind(word).bind(of.getKey()).add();
                    count++;
                }
            }
            if (count > 0) {
                insert.executeAll();
            }
        }
    }

    void remove(Handle tx, TenantId tenant, UUID secret) {
        tx.createUpdate("DELETE FROM vault_term WHERE tenant_id = :tenant AND secret_id = :secret")
                .bind("tenant", tenant)
                .bind("secret", secret)
                .execute();
    }
}
