package holdfast.identity;

import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `identity_machine`.
final class MachineStore {
    /// {@return false when a machine of the tenant has the name}
    boolean add(Handle tx, Machine machine) {
        return tx.createUpdate(
                                """
                                INSERT INTO identity_machine (tenant_id, id, name, folded, description, disabled, created,
                                       version)
                                VALUES (:tenant, :id, :name, :folded, :description, :disabled, :created,
                                       :version)
                                ON CONFLICT (tenant_id, folded) DO NOTHING
                                """)
                        .bind("tenant", machine.tenant().value())
                        .bind("id", machine.id())
                        .bind("name", machine.name())
                        .bind("folded", Username.fold(machine.name()))
                        .bind("description", machine.description())
                        .bind("disabled", machine.disabled())
                        .bind("created", Micros.of(machine.created()))
                        .bind("version", machine.version())
                        .execute()
                == 1;
    }

    Optional<Machine> find(Handle tx, TenantId tenant, UUID id) {
        return tx.createQuery(
                        """
                        SELECT tenant_id, id, name, description, disabled, created, version,
                               (SELECT max(last_used) FROM identity_token WHERE user_id = identity_machine.id) AS used
                          FROM identity_machine
                         WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, _) -> machine(row))
                .findOne();
    }

    Optional<UUID> named(Handle tx, TenantId tenant, String name) {
        return tx.createQuery(
                        """
                        SELECT id FROM identity_machine
                         WHERE tenant_id = :tenant AND folded = :folded
                        """)
                .bind("tenant", tenant.value())
                .bind("folded", Username.fold(name))
                .map((row, _) -> Rows.uuid(row, "id"))
                .findOne();
    }

    /// {@return the machines of a tenant, by name}
    List<Machine> all(Handle tx, TenantId tenant) {
        return tx.createQuery(
                        """
                        SELECT tenant_id, id, name, description, disabled, created, version,
                               (SELECT max(last_used) FROM identity_token WHERE user_id = identity_machine.id) AS used
                          FROM identity_machine
                         WHERE tenant_id = :tenant
                         ORDER BY folded
                        """)
                .bind("tenant", tenant.value())
                .map((row, _) -> machine(row))
                .list();
    }

    /// Writes description and state over what is there.
    void update(Handle tx, Machine machine) {
        tx.createUpdate(
                        """
                        UPDATE identity_machine
                           SET description = :description, disabled = :disabled, version = :version
                         WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("tenant", machine.tenant().value())
                .bind("id", machine.id())
                .bind("description", machine.description())
                .bind("disabled", machine.disabled())
                .bind("version", machine.version())
                .execute();
    }

    void delete(Handle tx, TenantId tenant, UUID id) {
        tx.createUpdate("DELETE FROM identity_machine WHERE tenant_id = :tenant AND id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id)
                .execute();
    }

    private static Machine machine(ResultSet row) throws SQLException {
        return new Machine(
                Rows.tenant(row, "tenant_id"),
                Rows.uuid(row, "id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("disabled"),
                Rows.instant(row, "created"),
                Rows.optionalInstant(row, "used"),
                row.getLong("version"));
    }
}
