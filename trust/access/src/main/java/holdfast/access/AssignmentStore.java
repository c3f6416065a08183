package holdfast.access;

import static java.util.stream.Collectors.toUnmodifiableSet;

import holdfast.kernel.Micros;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.storage.Direct;
import holdfast.storage.Rows;
import holdfast.storage.WriterMemory;
import holdfast.tenancy.Metadata;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `access_assignment` and `access_sequence`.
final class AssignmentStore {
    private static final int MOST = 10_000; // tenants whose sequence is remembered

    /// {@return how often the tenant's rights have changed}
    long sequence(Handle tx, TenantId tenant) {
        return remembered(tx)
                .map(known -> known.computeIfAbsent(tenant, one -> stored(tx, one)))
                .orElseGet(() -> stored(tx, tenant));
    }

    private static long stored(Handle tx, TenantId tenant) {
        try (var query =
                Direct.on(tx, "SELECT sequence FROM access_sequence WHERE tenant_id = ?")) {
            return query.bind(tenant).first(row -> row.getLong(1)).orElse(0L);
        }
    }

    /// {@return every assignment of the tenant, by principal and role}
    List<Assignment> all(Handle tx, TenantId tenant) {
        return tx.createQuery(
                        """
                        SELECT principal_id, principal_kind, role, granted, granted_by, granted_by_kind,
                               expires, metadata
                          FROM access_assignment
                         WHERE tenant_id = :tenant
                         ORDER BY principal_id, role
                        """)
                .bind("tenant", tenant.value())
                .map((row, _) -> assignment(row))
                .list();
    }

    /// {@return the assignments of one principal}
    List<Assignment> of(Handle tx, TenantId tenant, UUID subject) {
        return tx.createQuery(
                        """
                        SELECT principal_id, principal_kind, role, granted, granted_by, granted_by_kind,
                               expires, metadata
                          FROM access_assignment
                         WHERE tenant_id = :tenant AND principal_id = :subject
                        """)
                .bind("tenant", tenant.value())
                .bind("subject", subject)
                .map((row, _) -> assignment(row))
                .list();
    }

    /// {@return the assignments of one role}
    List<Assignment> of(Handle tx, TenantId tenant, String role) {
        return tx.createQuery(
                        """
                        SELECT principal_id, principal_kind, role, granted, granted_by, granted_by_kind,
                               expires, metadata
                          FROM access_assignment
                         WHERE tenant_id = :tenant AND role = :role
                        """)
                .bind("tenant", tenant.value())
                .bind("role", role)
                .map((row, _) -> assignment(row))
                .list();
    }

    private static Assignment assignment(ResultSet row) throws SQLException {
        return new Assignment(
                Rows.uuid(row, "principal_id"),
                Principal.Kind.valueOf(row.getString("principal_kind")),
                row.getString("role"),
                Rows.instant(row, "granted"),
                Rows.uuid(row, "granted_by"),
                Principal.Kind.valueOf(row.getString("granted_by_kind")),
                Rows.optionalInstant(row, "expires"),
                Metadata.stored(row.getString("metadata")));
    }

    /// {@return the tenants somebody has a role in; only for a transaction of the platform}
    Set<TenantId> tenantsOf(Handle tx, UUID principal) {
        return tx
                .createQuery(
                        """
                        SELECT DISTINCT tenant_id
                          FROM access_assignment
                         WHERE principal_id = :principal
                        """)
                .bind("principal", principal)
                .map((row, _) -> Rows.tenant(row, "tenant_id"))
                .stream()
                .collect(toUnmodifiableSet());
    }

    /// {@return whether a person or service has any role in the tenant, also one that has ended}
    boolean isAssigned(Handle tx, TenantId tenant, UUID subject) {
        return tx.createQuery(
                        """
                        SELECT 1 FROM access_assignment
                         WHERE tenant_id = :tenant AND principal_id = :subject
                           AND principal_kind <> 'MACHINE'
                         LIMIT 1
                        """)
                .bind("tenant", tenant.value())
                .bind("subject", subject)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// {@return how many belong to each tenant, without machines; only for a transaction of the platform}
    Map<TenantId, Long> members(Handle tx) {
        var members = new HashMap<TenantId, Long>();
        tx.createQuery(
                        """
                        SELECT tenant_id, count(DISTINCT principal_id) AS members
                          FROM access_assignment
                         WHERE principal_kind <> 'MACHINE'
                         GROUP BY tenant_id
                        """)
                .map((row, _) -> Map.entry(Rows.tenant(row, "tenant_id"), row.getLong("members")))
                .forEach(one -> members.put(one.getKey(), one.getValue()));
        return members;
    }

    /// {@return false when the role is assigned already}
    boolean add(Handle tx, TenantId tenant, Assignment assignment) {
        return tx.createUpdate(
                                """
                                INSERT INTO access_assignment
                                       (tenant_id, principal_id, principal_kind, role, granted, granted_by,
                                        granted_by_kind, expires, metadata)
                                VALUES (:tenant, :subject, :kind, :role, :granted, :by,
                                        :byKind, :expires, :metadata)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("tenant", tenant.value())
                        .bind("subject", assignment.principal())
                        .bind("kind", assignment.kind().name())
                        .bind("role", assignment.role())
                        .bind("granted", Micros.of(assignment.granted()))
                        .bind("by", assignment.grantedBy())
                        .bind("byKind", assignment.grantedByKind().name())
                        .bind("expires", assignment.expires().map(Micros::of).orElse(null))
                        .bind("metadata", assignment.metadata().text())
                        .execute()
                == 1;
    }

    /// {@return false when there was none}
    boolean remove(Handle tx, TenantId tenant, UUID subject, String role) {
        return tx.createUpdate(
                                """
                                DELETE FROM access_assignment
                                 WHERE tenant_id = :tenant AND principal_id = :subject AND role = :role
                                """)
                        .bind("tenant", tenant.value())
                        .bind("subject", subject)
                        .bind("role", role)
                        .execute()
                == 1;
    }

    /// {@return how many there were}
    int removeAll(Handle tx, TenantId tenant, UUID subject) {
        return tx.createUpdate(
                        """
                        DELETE FROM access_assignment
                         WHERE tenant_id = :tenant AND principal_id = :subject
                        """)
                .bind("tenant", tenant.value())
                .bind("subject", subject)
                .execute();
    }

    void removeTenant(Handle tx, TenantId tenant) {
        tx.createUpdate("DELETE FROM access_assignment WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .execute();
    }

    /// Tells every node that rights have changed.
    void advance(Handle tx, TenantId tenant) {
        tx.createUpdate(
                        """
                        INSERT INTO access_sequence (tenant_id, sequence) VALUES (:tenant, 1)
                        ON CONFLICT (tenant_id) DO UPDATE
                           SET sequence = access_sequence.sequence + 1
                        """)
                .bind("tenant", tenant.value())
                .execute();
        remembered(tx).ifPresent(known -> known.remove(tenant));
    }

    private static Optional<Map<TenantId, Long>> remembered(Handle tx) {
        return WriterMemory.of(tx, AssignmentStore.class, MOST);
    }
}
