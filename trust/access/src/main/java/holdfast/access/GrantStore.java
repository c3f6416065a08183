package holdfast.access;

import holdfast.kernel.Micros;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import holdfast.tenancy.Metadata;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `access_grant`.
final class GrantStore {
    /// {@return every grant of the tenant, oldest first}
    List<Grant> all(Handle tx, TenantId tenant) {
        return tx.createQuery(
                        """
                        SELECT grant_id, principal_id, principal_kind, role, effect, actions, pattern,
                               granted, granted_by, granted_by_kind, expires, metadata, lent
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
                        INSERT INTO access_grant (tenant_id, grant_id, principal_id, principal_kind, role, effect,
                               actions, pattern, granted, granted_by, granted_by_kind, expires, metadata, lent)
                        VALUES (:tenant, :id, :principal, :kind, :role, :effect,
                               :actions, :pattern, :granted, :by, :byKind, :expires, :metadata, :lent)
                        """)
                .bind("tenant", tenant.value())
                .bind("id", grant.id())
                .bind("principal", subject instanceof Grant.Subject.One(var id, _) ? id : null)
                .bind(
                        "kind",
                        subject instanceof Grant.Subject.One(_, var kind) ? kind.name() : null)
                .bind("role", subject instanceof Grant.Subject.Holders(var role) ? role : null)
                .bind("effect", grant.effect().name())
                .bind("actions", Actions.text(grant.actions()))
                .bind("pattern", grant.pattern().text())
                .bind("granted", Micros.of(grant.granted()))
                .bind("by", grant.grantedBy())
                .bind("byKind", grant.grantedByKind().name())
                .bind("metadata", grant.metadata().text())
                .bind("lent", grant.lent() ? 1 : 0)
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

    /// Lets go of what was lent until before `now`.
    void removeEnded(Handle tx, TenantId tenant, Instant now) {
        tx.createUpdate(
                        """
                        DELETE FROM access_grant
                         WHERE tenant_id = :tenant AND lent = 1 AND expires <= :now
                        """)
                .bind("tenant", tenant.value())
                .bind("now", Micros.of(now))
                .execute();
    }

    /// {@return how many there were}
    int removeAll(Handle tx, TenantId tenant, UUID principal) {
        return tx.createUpdate(
                        """
                        DELETE FROM access_grant
                         WHERE tenant_id = :tenant AND principal_id = :principal
                        """)
                .bind("tenant", tenant.value())
                .bind("principal", principal)
                .execute();
    }

    void removeTenant(Handle tx, TenantId tenant) {
        tx.createUpdate("DELETE FROM access_grant WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .execute();
    }

    private static Grant grant(ResultSet row) throws SQLException {
        return new Grant(
                Rows.uuid(row, "grant_id"),
                subject(row),
                Grant.Effect.valueOf(row.getString("effect")),
                Actions.of(row.getString("actions")),
                new PathPattern(row.getString("pattern")),
                Rows.instant(row, "granted"),
                Rows.uuid(row, "granted_by"),
                Principal.Kind.valueOf(row.getString("granted_by_kind")),
                Rows.optionalInstant(row, "expires"),
                Metadata.stored(row.getString("metadata")),
                row.getInt("lent") == 1);
    }

    private static Grant.Subject subject(ResultSet row) throws SQLException {
        var principal = Rows.optionalUuid(row, "principal_id");
        return principal.isEmpty()
                ? new Grant.Subject.Holders(row.getString("role"))
                : new Grant.Subject.One(
                        principal.get(), Principal.Kind.valueOf(row.getString("principal_kind")));
    }
}
