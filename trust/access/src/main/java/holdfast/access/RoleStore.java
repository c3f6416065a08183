package holdfast.access;

import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import holdfast.tenancy.Metadata;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The SQL of `access_role`.
final class RoleStore {
    /// {@return the roles that the tenant made, by name}
    List<CustomRole> all(Handle tx, TenantId tenant) {
        return tx.createQuery(
                        """
                        SELECT name, description, actions, created, metadata, version
                          FROM access_role
                         WHERE tenant_id = :tenant
                         ORDER BY name
                        """)
                .bind("tenant", tenant.value())
                .map((row, _) -> role(row))
                .list();
    }

    /// {@return false when there is one of that name}
    boolean add(Handle tx, TenantId tenant, CustomRole custom) {
        return tx.createUpdate(
                                """
                                INSERT INTO access_role (tenant_id, name, description, actions, created,
                                       metadata, version)
                                VALUES (:tenant, :name, :description, :actions, :created, :metadata, :version)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("tenant", tenant.value())
                        .bind("name", custom.role().name())
                        .bind("description", custom.role().description())
                        .bind("actions", Actions.text(custom.role().actions()))
                        .bind("created", holdfast.kernel.Micros.of(custom.created()))
                        .bind("metadata", custom.metadata().text())
                        .bind("version", custom.version())
                        .execute()
                == 1;
    }

    /// {@return false when it is no longer of the version before}
    boolean replace(Handle tx, TenantId tenant, CustomRole custom) {
        return tx.createUpdate(
                                """
                                UPDATE access_role
                                   SET description = :description, actions = :actions, metadata = :metadata,
                                       version = :version
                                 WHERE tenant_id = :tenant AND name = :name AND version = :version - 1
                                """)
                        .bind("tenant", tenant.value())
                        .bind("name", custom.role().name())
                        .bind("description", custom.role().description())
                        .bind("actions", Actions.text(custom.role().actions()))
                        .bind("metadata", custom.metadata().text())
                        .bind("version", custom.version())
                        .execute()
                == 1;
    }

    void remove(Handle tx, TenantId tenant, String name) {
        tx.createUpdate("DELETE FROM access_role WHERE tenant_id = :tenant AND name = :name")
                .bind("tenant", tenant.value())
                .bind("name", name)
                .execute();
    }

    void removeTenant(Handle tx, TenantId tenant) {
        tx.createUpdate("DELETE FROM access_role WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .execute();
    }

    private static CustomRole role(ResultSet row) throws SQLException {
        return new CustomRole(
                CustomRole.of(
                        row.getString("name"),
                        row.getString("description"),
                        Set.copyOf(Actions.of(row.getString("actions")))),
                Rows.instant(row, "created"),
                Metadata.stored(row.getString("metadata")),
                row.getLong("version"));
    }
}
