package holdfast.vault;

import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `vault_canary`.
final class CanaryStore {
    /// {@return of each tenant its canaries, with whether they lock; only for a transaction of the platform}
    Map<TenantId, Map<UUID, Boolean>> everywhere(Handle tx) {
        var all = new HashMap<TenantId, Map<UUID, Boolean>>();
        tx.createQuery("SELECT tenant_id, secret_id, locks FROM vault_canary")
                .map((row, _) -> {
                    all.computeIfAbsent(Rows.tenant(row, "tenant_id"), _ -> new HashMap<>())
                            .put(Rows.uuid(row, "secret_id"), row.getInt("locks") == 1);
                    return true;
                })
                .list();
        return all;
    }

    void put(Handle tx, TenantId tenant, UUID secret, boolean locks, Row.Stamp made) {
        tx.createUpdate(
                        """
                        INSERT INTO vault_canary (tenant_id, secret_id, locks, made, made_by, made_by_kind, made_by_name)
                        VALUES (:tenant, :secret, :locks, :made, :by, :kind, :name)
                        ON CONFLICT (tenant_id, secret_id) DO UPDATE SET locks = :locks
                        """)
                .bind("tenant", tenant)
                .bind("secret", secret)
                .bind("locks", locks ? 1 : 0)
                .bind("made", made.at())
                .bind("by", made.by().id())
                .bind("kind", made.by().kind().name())
                .bind("name", made.by().name())
                .execute();
    }

    /// {@return false when there was none}
    boolean remove(Handle tx, TenantId tenant, UUID secret) {
        return tx.createUpdate(
                                """
                                DELETE FROM vault_canary WHERE tenant_id = :tenant AND secret_id = :secret
                                """)
                        .bind("tenant", tenant)
                        .bind("secret", secret)
                        .execute()
                == 1;
    }

    List<Canaries.Canary> all(Handle tx, TenantId tenant) {
        return tx.createQuery(
                        """
                        SELECT c.secret_id, s.service, s.account, c.locks, c.made, c.made_by, c.made_by_kind, c.made_by_name
                          FROM vault_canary c
                          JOIN vault_secret s ON s.tenant_id = c.tenant_id AND s.id = c.secret_id
                         WHERE c.tenant_id = :tenant
                         ORDER BY s.path
                        """)
                .bind("tenant", tenant)
                .map((row, _) -> {
                    var stamp = SecretStore.stamp(row, "made");
                    return new Canaries.Canary(
                            Rows.uuid(row, "secret_id"),
                            row.getString("service"),
                            row.getString("account"),
                            row.getInt("locks") == 1,
                            stamp.at(),
                            stamp.by());
                })
                .list();
    }
}
