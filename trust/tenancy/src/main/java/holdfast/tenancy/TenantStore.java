package holdfast.tenancy;

import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import java.util.List;
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
                .map(
                        (row, _) ->
                                new Tenant(
                                        new TenantId(UUID.fromString(row.getString("tenant_id"))),
                                        row.getString("name"),
                                        Tenant.Status.valueOf(row.getString("status")),
                                        Micros.toInstant(row.getLong("created"))))
                .list();
    }
}
