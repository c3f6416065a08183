package holdfast.access;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `access_grant`.
final class GrantStore {
    /// {@return every grant of the tenant, oldest first}
    List<Grant> all(Handle tx, TenantId tenant) {
        return tx.createQuery(
                        """
                        SELECT grant_id, principal_id, role, effect, actions, pattern, granted,
                               granted_by, expires
                          FROM access_grant
                         WHERE tenant_id = :tenant
                         ORDER BY grant_id
                        """)
                .bind("tenant", tenant.value())
                .map((row, _) -> grant(row))
                .list();
    }

    void add(Handle tx, TenantId tenant, Grant grant) {
        var subject = grant.subject();
        tx.createUpdate(
                        """
                        INSERT INTO access_grant (tenant_id, grant_id, principal_id, role, effect,
                               actions, pattern, granted, granted_by, expires)
                        VALUES (:tenant, :id, :principal, :role, :effect,
                               :actions, :pattern, :granted, :by, :expires)
                        """)
                .bind("tenant", tenant.value())
                .bind("id", grant.id())
                .bind("principal", subject instanceof Grant.Subject.One(var id) ? id : null)
                .bind(
                        "role",
                        subject instanceof Grant.Subject.Holders(var role) ? role.name() : null)
                .bind("effect", grant.effect().name())
                .bind(
                        "actions",
                        grant.actions().stream().map(Action::name).sorted().collect(joining(" ")))
                .bind("pattern", grant.pattern().text())
                .bind("granted", Micros.of(grant.granted()))
                .bind("by", grant.grantedBy())
                .bind("expires", grant.expires().map(Micros::of).orElse(null))
                .execute();
    }

    /// {@return false when there was none}
    boolean remove(Handle tx, TenantId tenant, UUID grant) {
        return tx.createUpdate(
                                """
                                DELETE FROM access_grant
                                 WHERE tenant_id = :tenant AND grant_id = :id
                                """)
                        .bind("tenant", tenant.value())
                        .bind("id", grant)
                        .execute()
                == 1;
    }

    private static Grant grant(ResultSet row) throws SQLException {
        long expires = row.getLong("expires");
        boolean ends = !row.wasNull();
        return new Grant(
                UUID.fromString(row.getString("grant_id")),
                subject(row),
                Grant.Effect.valueOf(row.getString("effect")),
                Arrays.stream(row.getString("actions").split(" ", -1))
                        .map(Action::valueOf)
                        .collect(toUnmodifiableSet()),
                new PathPattern(row.getString("pattern")),
                Micros.toInstant(row.getLong("granted")),
                UUID.fromString(row.getString("granted_by")),
                ends ? Optional.of(Micros.toInstant(expires)) : Optional.empty());
    }

    private static Grant.Subject subject(ResultSet row) throws SQLException {
        var principal = row.getString("principal_id");
        return principal == null
                ? new Grant.Subject.Holders(Role.valueOf(row.getString("role")))
                : new Grant.Subject.One(UUID.fromString(principal));
    }
}
