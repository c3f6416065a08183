package holdfast.sharing;

import holdfast.kernel.Bytes;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `sharing_link`.
final class LinkStore {
    private static final String SELECT =
            """
            SELECT tenant_id, id, token, secret_id, path, uses, uses_left, misses, audience, addresses, note, by_id, by_kind,
                   by_name, created, expires, last_used, revoked, revoked_by, revoked_by_kind, revoked_by_name
              FROM sharing_link
            """;

    void add(Handle tx, LinkRow row) {
        tx.createUpdate(
                        """
                        INSERT INTO sharing_link (tenant_id, id, token, secret_id, path, uses, uses_left, misses, audience,
                               addresses, note, by_id, by_kind, by_name, created, expires)
                        VALUES (:tenant, :id, :token, :secret, :path, :uses, :uses, 0, :audience,
                               :addresses, :note, :by, :byKind, :byName, :created, :expires)
                        """)
                .bind("tenant", row.tenant())
                .bind("id", row.id())
                .bind("token", row.token().toArray())
                .bind("secret", row.secret())
                .bind("path", row.path())
                .bind("uses", row.terms().uses())
                .bind("audience", row.terms().audience())
                .bind("addresses", String.join(" ", row.terms().addresses()))
                .bind("note", row.terms().note())
                .bind("by", row.by().id().orElseThrow())
                .bind("byKind", row.by().kind().name())
                .bind("byName", row.by().name())
                .bind("created", row.created())
                .bind("expires", row.terms().expires())
                .execute();
    }

    /// {@return the link that a token opens, of whatever tenant; only for a transaction of the platform}
    Optional<LinkRow> of(Handle tx, Bytes token) {
        return tx.createQuery(SELECT + " WHERE token = :token")
                .bind("token", token.toArray())
                .map((row, _) -> row(row))
                .findOne();
    }

    Optional<LinkRow> find(Handle tx, TenantId tenant, UUID id) {
        return tx.createQuery(SELECT + " WHERE tenant_id = :tenant AND id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .map((row, _) -> row(row))
                .findOne();
    }

    List<LinkRow> ofSecret(Handle tx, TenantId tenant, UUID secret) {
        return tx.createQuery(
                        SELECT
                                + " WHERE tenant_id = :tenant AND secret_id = :secret ORDER BY id"
                                + " DESC LIMIT 1000")
                .bind("tenant", tenant)
                .bind("secret", secret)
                .map((row, _) -> row(row))
                .list();
    }

    /// Takes one use, in one statement: of many who come at once, as many succeed as there are uses.
    ///
    /// @return false when none is left, or the link is over
    boolean consume(Handle tx, TenantId tenant, UUID id, Instant now) {
        return tx.createUpdate(
                                """
                                UPDATE sharing_link SET uses_left = uses_left - 1, last_used = :now
                                 WHERE tenant_id = :tenant AND id = :id AND uses_left > 0 AND expires > :now
                                   AND revoked IS NULL AND misses < :misses
                                """)
                        .bind("tenant", tenant)
                        .bind("id", id)
                        .bind("now", now)
                        .bind("misses", LinkRow.MOST_MISSES)
                        .execute()
                == 1;
    }

    boolean isUsedUp(Handle tx, TenantId tenant, UUID id) {
        return find(tx, tenant, id).filter(row -> row.usesLeft() == 0).isPresent();
    }

    void miss(Handle tx, TenantId tenant, UUID id) {
        tx.createUpdate(
                        """
                        UPDATE sharing_link SET misses = misses + 1 WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("tenant", tenant)
                .bind("id", id)
                .execute();
    }

    /// {@return false when it is revoked already}
    boolean revoke(Handle tx, TenantId tenant, UUID id, Instant now, Principal by) {
        return tx.createUpdate(
                                """
                                UPDATE sharing_link
                                   SET revoked = :now, revoked_by = :by, revoked_by_kind = :kind, revoked_by_name = :name
                                 WHERE tenant_id = :tenant AND id = :id AND revoked IS NULL
                                """)
                        .bind("tenant", tenant)
                        .bind("id", id)
                        .bind("now", now)
                        .bind("by", by.id())
                        .bind("kind", by.kind().name())
                        .bind("name", by.name())
                        .execute()
                == 1;
    }

    private static LinkRow row(ResultSet row) throws SQLException {
        var addresses = row.getString("addresses");
        return new LinkRow(
                Rows.tenant(row, "tenant_id"),
                Rows.uuid(row, "id"),
                Rows.bytes(row, "token"),
                Rows.uuid(row, "secret_id"),
                row.getString("path"),
                new Links.Terms(
                        row.getInt("uses"),
                        Rows.instant(row, "expires"),
                        row.getString("audience"),
                        addresses.isEmpty() ? List.of() : List.of(addresses.split(" ", -1)),
                        row.getString("note")),
                row.getInt("uses_left"),
                row.getInt("misses"),
                new Share.Party(
                        Share.Kind.valueOf(row.getString("by_kind")),
                        Optional.of(Rows.uuid(row, "by_id")),
                        row.getString("by_name")),
                Rows.instant(row, "created"),
                Rows.optionalInstant(row, "last_used"),
                Rows.optionalInstant(row, "revoked"),
                ShareStore.revoker(row));
    }
}
