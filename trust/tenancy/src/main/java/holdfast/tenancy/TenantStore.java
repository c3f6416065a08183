package holdfast.tenancy;

import static java.util.stream.Collectors.toUnmodifiableMap;

import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `tenancy_tenant`.
final class TenantStore {
    /// Adds a tenant unless it is there.
    void addIfAbsent(Handle tx, Tenant tenant) {
        tx.createUpdate(
                        """
                        INSERT INTO tenancy_tenant (tenant_id, name, status, created)
                        VALUES (:tenant, :name, :status, :created)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("tenant", tenant.id().value())
                .bind("name", tenant.name())
                .bind("status", tenant.status().name())
                .bind("created", Micros.of(tenant.created()))
                .execute();
    }

    /// {@return every tenant, by name; only for a transaction of the platform}
    List<Tenant> all(Handle tx) {
        return tx.createQuery(
                        """
                        SELECT tenant_id, name, status, created
                          FROM tenancy_tenant
                         ORDER BY name
                        """)
                .map((row, _) ->
                        new Tenant(
                                new TenantId(UUID.fromString(row.getString("tenant_id"))),
                                row.getString("name"),
                                Tenant.Status.valueOf(row.getString("status")),
                                Micros.toInstant(row.getLong("created"))))
                .list();
    }

    /// {@return the settings of every tenant that has its own; only for a transaction of the platform}
    Map<TenantId, Settings> settings(Handle tx) {
        return tx
                .createQuery(
                        """
                        SELECT tenant_id, due_soon_days, session_idle_minutes, session_absolute_hours,
                               removal_hold_percent, audit_retention_days, version
                          FROM tenancy_settings
                        """)
                .map((row, _) ->
                        Map.entry(
                                new TenantId(UUID.fromString(row.getString("tenant_id"))),
                                new Settings(
                                        row.getInt("due_soon_days"),
                                        row.getInt("session_idle_minutes"),
                                        row.getInt("session_absolute_hours"),
                                        row.getInt("removal_hold_percent"),
                                        row.getInt("audit_retention_days"),
                                        row.getLong("version"))))
                .stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void put(Handle tx, TenantId tenant, Settings settings) {
        tx.createUpdate(
                        """
                        INSERT INTO tenancy_settings (tenant_id, due_soon_days, session_idle_minutes,
                               session_absolute_hours, removal_hold_percent, audit_retention_days, version)
                        VALUES (:tenant, :dueSoonDays, :idleMinutes, :absoluteHours, :holdPercent, :retentionDays,
                               :version)
                        ON CONFLICT (tenant_id) DO UPDATE
                           SET due_soon_days = excluded.due_soon_days,
                               session_idle_minutes = excluded.session_idle_minutes,
                               session_absolute_hours = excluded.session_absolute_hours,
                               removal_hold_percent = excluded.removal_hold_percent,
                               audit_retention_days = excluded.audit_retention_days,
                               version = excluded.version
                        """)
                .bind("tenant", tenant.value())
                .bind("dueSoonDays", settings.dueSoonDays())
                .bind("idleMinutes", settings.sessionIdleMinutes())
                .bind("absoluteHours", settings.sessionAbsoluteHours())
                .bind("holdPercent", settings.removalHoldPercent())
                .bind("retentionDays", settings.auditRetentionDays())
                .bind("version", settings.version())
                .execute();
    }
}
