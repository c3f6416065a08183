package holdfast.vault;

import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL that finds what has had its time. Each statement reads an index and takes a part at a time.
final class RetentionStore {
    private static final int PART = 200;

    /// {@return deleted secrets that can be undeleted no longer}
    List<Row> toDestroy(Handle tx, TenantId tenant, Instant now) {
        return tx.createQuery(
                        "SELECT "
                                + SecretStore.COLUMNS
                                + " FROM vault_secret s WHERE s.tenant_id = :tenant AND s.destroys"
                                + " IS NOT NULL AND s.destroys <= :now ORDER BY s.destroys LIMIT"
                                + " :part")
                .bind("tenant", tenant)
                .bind("now", now)
                .bind("part", PART)
                .map((row, _) -> SecretStore.row(row))
                .list();
    }

    /// {@return expired secrets whose rule says more than that they are marked}
    List<Row> toEnd(Handle tx, TenantId tenant, Instant now) {
        return tx.createQuery(
                        "SELECT "
                                + SecretStore.COLUMNS
                                + " FROM vault_secret s WHERE s.tenant_id = :tenant AND s.state ="
                                + " 'ACTIVE' AND s.expires <= :now AND s.on_expiry <> 'MARK' ORDER"
                                + " BY s.expires LIMIT :part")
                .bind("tenant", tenant)
                .bind("now", Micros.of(now))
                .bind("part", PART)
                .map((row, _) -> SecretStore.row(row))
                .list();
    }

    /// {@return secrets whose versions are kept for a number of days, after `id`}
    List<Row> withDays(Handle tx, TenantId tenant, UUID after) {
        return tx.createQuery(
                        "SELECT "
                                + SecretStore.COLUMNS
                                + " FROM vault_secret s WHERE s.tenant_id = :tenant AND s.keep_days"
                                + " IS NOT NULL AND s.id > :after ORDER BY s.id LIMIT :part")
                .bind("tenant", tenant)
                .bind("after", after)
                .bind("part", PART)
                .map((row, _) -> SecretStore.row(row))
                .list();
    }
}
