package holdfast.tenancy;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import holdfast.kernel.TenantId;
import holdfast.storage.Direct;
import holdfast.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The SQL of `tenancy_quota`: one row a tenant and quota, made when first needed.
final class QuotaStore {
    /// Takes unless the limit forbids it.
    ///
    /// @return the use after it; empty when it is forbidden, or when there is no row yet
    Optional<Quotas.Use> take(Handle tx, TenantId tenant, Quota quota, long amount) {
        try (var update =
                Direct.on(
                        tx,
                        """
                        UPDATE tenancy_quota
                           SET used = used + ?
                         WHERE tenant_id = ? AND quota = ?
                           AND (most IS NULL OR used + ? <= most)
                        RETURNING quota, used, most, overridden
                        """)) {
            return update.bind(amount)
                    .bind(tenant)
                    .bind(quota.name())
                    .bind(amount)
                    .first(QuotaStore::use);
        }
    }

    void give(Handle tx, TenantId tenant, Quota quota, long amount) {
        tx.createUpdate(
                        """
                        UPDATE tenancy_quota
                           SET used = CASE WHEN used > :amount THEN used - :amount ELSE 0 END
                         WHERE tenant_id = :tenant AND quota = :quota
                        """)
                .bind("tenant", tenant.value())
                .bind("quota", quota.name())
                .bind("amount", amount)
                .execute();
    }

    void settle(Handle tx, TenantId tenant, Quota quota, long used) {
        tx.createUpdate(
                        """
                        UPDATE tenancy_quota SET used = :used
                         WHERE tenant_id = :tenant AND quota = :quota
                        """)
                .bind("tenant", tenant.value())
                .bind("quota", quota.name())
                .bind("used", used)
                .execute();
    }

    /// Makes the row of a quota unless it is there.
    void addIfAbsent(Handle tx, TenantId tenant, Quota quota, OptionalLong most) {
        tx.createUpdate(
                        """
                        INSERT INTO tenancy_quota (tenant_id, quota, used, most, overridden)
                        VALUES (:tenant, :quota, 0, :most, FALSE)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("tenant", tenant.value())
                .bind("quota", quota.name())
                .bind("most", most.isPresent() ? most.getAsLong() : null)
                .execute();
    }

    /// Sets the limit.
    ///
    /// @param most empty for none
    void limit(Handle tx, TenantId tenant, Quota quota, OptionalLong most, boolean overridden) {
        tx.createUpdate(
                        """
                        UPDATE tenancy_quota SET most = :most, overridden = :overridden
                         WHERE tenant_id = :tenant AND quota = :quota
                        """)
                .bind("tenant", tenant.value())
                .bind("quota", quota.name())
                .bind("most", most.isPresent() ? most.getAsLong() : null)
                .bind("overridden", overridden)
                .execute();
    }

    List<Quotas.Use> all(Handle tx, TenantId tenant) {
        return tx.createQuery(
                        """
                        SELECT quota, used, most, overridden
                          FROM tenancy_quota
                         WHERE tenant_id = :tenant
                        """)
                .bind("tenant", tenant.value())
                .map((row, _) -> use(row))
                .list();
    }

    /// {@return the limits of one quota by tenant, where they are other than the tier's; only for a transaction of the platform}
    Map<TenantId, OptionalLong> overridden(Handle tx, Quota quota) {
        return tx
                .createQuery(
                        """
                        SELECT tenant_id, most FROM tenancy_quota WHERE quota = :quota AND overridden
                        """)
                .bind("quota", quota.name())
                .map((row, _) ->
                        Map.entry(Rows.tenant(row, "tenant_id"), Rows.optionalLong(row, "most")))
                .stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// {@return the tenant's limit where it is other than the tier's}
    Optional<OptionalLong> overridden(Handle tx, TenantId tenant, Quota quota) {
        return all(tx, tenant).stream()
                .filter(use -> use.quota() == quota && use.overridden())
                .map(Quotas.Use::limit)
                .findFirst();
    }

    Set<TenantId> counted(Handle tx, Quota quota) {
        return tx
                .createQuery("SELECT tenant_id FROM tenancy_quota WHERE quota = :quota")
                .bind("quota", quota.name())
                .map((row, _) -> Rows.tenant(row, "tenant_id"))
                .stream()
                .collect(toUnmodifiableSet());
    }

    void removeAll(Handle tx, TenantId tenant) {
        tx.createUpdate("DELETE FROM tenancy_quota WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .execute();
    }

    private static Quotas.Use use(ResultSet row) throws SQLException {
        return new Quotas.Use(
                Quota.valueOf(row.getString("quota")),
                row.getLong("used"),
                Rows.optionalLong(row, "most"),
                row.getBoolean("overridden"));
    }
}
