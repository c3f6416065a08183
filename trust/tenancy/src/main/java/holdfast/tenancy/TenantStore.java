package holdfast.tenancy;

import static java.util.stream.Collectors.toUnmodifiableMap;

import holdfast.kernel.Micros;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// The SQL of `tenancy_tenant` and `tenancy_settings`.
final class TenantStore {
    private static final List<String> REMOVAL =
            List.of(
                    "DELETE FROM tenancy_usage WHERE tenant_id = :tenant",
                    "DELETE FROM tenancy_settings WHERE tenant_id = :tenant",
                    "DELETE FROM tenancy_tenant WHERE tenant_id = :tenant");

    /// {@return false when there is one of that name or id}
    boolean add(Handle tx, Tenant tenant) {
        return bound(
                                tx.createUpdate(
                                        """
                                        INSERT INTO tenancy_tenant (tenant_id, name, tier, status, created, updated,
                                               rules, metadata, version)
                                        VALUES (:tenant, :name, :tier, :status, :created, :updated,
                                               :rules, :metadata, :version)
                                        ON CONFLICT DO NOTHING
                                        """),
                                tenant)
                        .bind("name", tenant.name())
                        .bind("created", Micros.of(tenant.created()))
                        .execute()
                == 1;
    }

    /// {@return false when it is no longer of the version before}
    boolean replace(Handle tx, Tenant tenant) {
        return bound(
                                tx.createUpdate(
                                        """
                                        UPDATE tenancy_tenant
                                           SET tier = :tier, status = :status, updated = :updated, rules = :rules,
                                               metadata = :metadata, version = :version
                                         WHERE tenant_id = :tenant AND version = :version - 1
                                        """),
                                tenant)
                        .execute()
                == 1;
    }

    private static Update bound(Update update, Tenant tenant) {
        return update.bind("tenant", tenant.id().value())
                .bind("tier", tenant.tier().name())
                .bind("status", tenant.status().name())
                .bind("updated", Micros.of(tenant.updated()))
                .bind("rules", tenant.rules().text())
                .bind("metadata", tenant.metadata().text())
                .bind("version", tenant.version());
    }

    void remove(Handle tx, TenantId tenant) {
        for (var text : REMOVAL) {
            tx.createUpdate(text).bind("tenant", tenant.value()).execute();
        }
    }

    /// {@return every tenant, by name; only for a transaction of the platform}
    List<Tenant> all(Handle tx) {
        return tx.createQuery(
                        """
                        SELECT tenant_id, name, tier, status, created, updated, rules, metadata, version
                          FROM tenancy_tenant
                         ORDER BY name
                        """)
                .map((row, _) -> tenant(row))
                .list();
    }

    Optional<Tenant> find(Handle tx, TenantId tenant) {
        return tx.createQuery(
                        """
                        SELECT tenant_id, name, tier, status, created, updated, rules, metadata, version
                          FROM tenancy_tenant
                         WHERE tenant_id = :tenant
                        """)
                .bind("tenant", tenant.value())
                .map((row, _) -> tenant(row))
                .findOne();
    }

    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Tier tier(Handle tx, TenantId tenant) {
        return find(tx, tenant)
                .map(Tenant::tier)
                .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such tenant"));
    }

    private static Tenant tenant(ResultSet row) throws SQLException {
        return new Tenant(
                Rows.tenant(row, "tenant_id"),
                row.getString("name"),
                Tier.valueOf(row.getString("tier")),
                Tenant.Status.valueOf(row.getString("status")),
                Rows.instant(row, "created"),
                Rows.instant(row, "updated"),
                Rules.stored(row.getString("rules")),
                Metadata.stored(row.getString("metadata")),
                row.getLong("version"));
    }

    /// {@return the settings of every tenant that has its own; only for a transaction of the platform}
    Map<TenantId, Settings> settings(Handle tx) {
        return tx
                .createQuery(
                        """
                        SELECT tenant_id, due_soon_days, session_idle_minutes, session_absolute_hours,
                               removal_hold_percent, audit_retention_days, accent, version
                          FROM tenancy_settings
                        """)
                .map((row, _) -> Map.entry(Rows.tenant(row, "tenant_id"), settings(row)))
                .stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// {@return the tenant's own settings; empty while it has the usual ones}
    Optional<Settings> settings(Handle tx, TenantId tenant) {
        return tx.createQuery(
                        """
                        SELECT due_soon_days, session_idle_minutes, session_absolute_hours,
                               removal_hold_percent, audit_retention_days, accent, version
                          FROM tenancy_settings
                         WHERE tenant_id = :tenant
                        """)
                .bind("tenant", tenant.value())
                .map((row, _) -> settings(row))
                .findOne();
    }

    private static Settings settings(ResultSet row) throws SQLException {
        return new Settings(
                row.getInt("due_soon_days"),
                row.getInt("session_idle_minutes"),
                row.getInt("session_absolute_hours"),
                row.getInt("removal_hold_percent"),
                row.getInt("audit_retention_days"),
                Accent.valueOf(row.getString("accent")),
                row.getLong("version"));
    }

    void put(Handle tx, TenantId tenant, Settings settings) {
        tx.createUpdate(
                        """
                        INSERT INTO tenancy_settings (tenant_id, due_soon_days, session_idle_minutes,
                               session_absolute_hours, removal_hold_percent, audit_retention_days, accent, version)
                        VALUES (:tenant, :dueSoonDays, :idleMinutes, :absoluteHours, :holdPercent, :retentionDays,
                               :accent, :version)
                        ON CONFLICT (tenant_id) DO UPDATE
                           SET due_soon_days = excluded.due_soon_days,
                               session_idle_minutes = excluded.session_idle_minutes,
                               session_absolute_hours = excluded.session_absolute_hours,
                               removal_hold_percent = excluded.removal_hold_percent,
                               audit_retention_days = excluded.audit_retention_days,
                               accent = excluded.accent,
                               version = excluded.version
                        """)
                .bind("tenant", tenant.value())
                .bind("dueSoonDays", settings.dueSoonDays())
                .bind("idleMinutes", settings.sessionIdleMinutes())
                .bind("absoluteHours", settings.sessionAbsoluteHours())
                .bind("holdPercent", settings.removalHoldPercent())
                .bind("retentionDays", settings.auditRetentionDays())
                .bind("accent", settings.accent().name())
                .bind("version", settings.version())
                .execute();
    }
}
