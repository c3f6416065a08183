package holdfast.access;

import holdfast.kernel.Micros;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `access_assignment` and `access_sequence`.
final class AssignmentStore {
    /// {@return how often the tenant's assignments have changed}
    long sequence(Handle tx, TenantId tenant) {
        return tx.createQuery("SELECT sequence FROM access_sequence WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    Map<UUID, Set<Role>> all(Handle tx, TenantId tenant) {
        var roles = new HashMap<UUID, Set<Role>>();
        tx.createQuery(
                        """
                        SELECT principal_id, role
                          FROM access_assignment
                         WHERE tenant_id = :tenant
                        """)
                .bind("tenant", tenant.value())
                .map((row, _) ->
                        Map.entry(
                                UUID.fromString(row.getString("principal_id")),
                                Role.valueOf(row.getString("role"))))
                .forEach(one ->
                        roles.computeIfAbsent(one.getKey(), _ -> EnumSet.noneOf(Role.class))
                                .add(one.getValue()));
        return roles;
    }

    /// Replaces what `subject` may be in the actor's tenant.
    void replace(Handle tx, Principal actor, UUID subject, Set<Role> roles, Instant now) {
        var tenant = actor.tenant().value();
        tx.createUpdate(
                        """
                        DELETE FROM access_assignment
                         WHERE tenant_id = :tenant AND principal_id = :subject
                        """)
                .bind("tenant", tenant)
                .bind("subject", subject)
                .execute();
        for (var role : roles) {
            tx.createUpdate(
                            """
                            INSERT INTO access_assignment
                                   (tenant_id, principal_id, role, granted, granted_by)
                            VALUES (:tenant, :subject, :role, :granted, :by)
                            """)
                    .bind("tenant", tenant)
                    .bind("subject", subject)
                    .bind("role", role.name())
                    .bind("granted", Micros.of(now))
                    .bind("by", actor.id())
                    .execute();
        }
        advance(tx, actor.tenant());
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
    }
}
