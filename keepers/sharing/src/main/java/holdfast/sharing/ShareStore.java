package holdfast.sharing;

import holdfast.kernel.Micros;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import holdfast.tenancy.Metadata;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `sharing_share` for one share and for those of one secret.
final class ShareStore {
    static final long NEVER = Long.MAX_VALUE;

    static final String COLUMNS =
            """
            s.tenant_id, s.id, s.secret_id, s.path, s.service, s.account, s.permission, s.with_kind, s.with_id, s.with_name,
            s.received, s.by_id, s.by_kind, s.by_name, s.created, s.accepted, s.expires, s.revoked, s.revoked_by,
            s.revoked_by_kind, s.revoked_by_name, s.metadata, s.version
            """;

    void add(Handle tx, Row row) {
        tx.createUpdate(
                        """
                        INSERT INTO sharing_share (tenant_id, id, secret_id, path, service, account, permission, with_kind,
                               with_id, with_name, received, by_id, by_kind, by_name, created, accepted, expires, revoked,
                               metadata, sought, version)
                        VALUES (:tenant, :id, :secret, :path, :service, :account, :permission, :withKind,
                               :withId, :withName, :received, :byId, :byKind, :byName, :created, NULL, :expires, NULL,
                               :metadata, :sought, :version)
                        """)
                .bind("tenant", row.tenant())
                .bind("id", row.id())
                .bind("secret", row.secret())
                .bind("path", row.path())
                .bind("service", row.place().service())
                .bind("account", row.place().account())
                .bind("permission", row.level().name())
                .bind("withKind", row.with().kind().name())
                .bind("withId", row.with().id().orElse(null))
                .bind("withName", row.with().name())
                .bind("received", row.received())
                .bind("byId", row.by().id().orElseThrow())
                .bind("byKind", row.by().kind().name())
                .bind("byName", row.by().name())
                .bind("created", row.created())
                .bind("expires", row.expires().map(Micros::of).orElse(NEVER))
                .bind("metadata", row.metadata().text())
                .bind("sought", sought(row))
                .bind("version", row.version())
                .execute();
    }

    private static String sought(Row row) {
        return folded(
                "%s/%s %s %s"
                        .formatted(
                                row.place().service(),
                                row.place().account(),
                                row.with().name(),
                                row.by().name()));
    }

    static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    Optional<Row> find(Handle tx, TenantId tenant, UUID id) {
        return tx.createQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM sharing_share s WHERE s.tenant_id = :tenant AND s.id ="
                                + " :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .map((row, _) -> row(row))
                .findOne();
    }

    /// {@return a share of another tenant with this one; only for a transaction of the platform}
    Optional<Row> received(Handle tx, TenantId tenant, UUID id) {
        return tx.createQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM sharing_share s WHERE s.with_id = :tenant AND s.id = :id"
                                + " AND s.with_kind = 'TENANT'")
                .bind("tenant", tenant)
                .bind("id", id)
                .map((row, _) -> row(row))
                .findOne();
    }

    /// {@return a share that this tenant made of what another lent to it; only for a transaction of the platform}
    Optional<Row> passed(Handle tx, TenantId tenant, UUID id) {
        return tx.createQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM sharing_share s WHERE s.by_id = :tenant AND s.id = :id AND"
                                + " s.by_kind = 'TENANT'")
                .bind("tenant", tenant)
                .bind("id", id)
                .map((row, _) -> row(row))
                .findOne();
    }

    /// {@return those of a secret that hold or may come to hold}
    List<Row> living(Handle tx, TenantId tenant, UUID secret, Instant now) {
        return tx.createQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM sharing_share s WHERE s.tenant_id = :tenant AND"
                                + " s.secret_id = :secret AND s.revoked IS NULL AND s.expires >"
                                + " :now")
                .bind("tenant", tenant)
                .bind("secret", secret)
                .bind("now", now)
                .map((row, _) -> row(row))
                .list();
    }

    /// {@return false when it is not at the version before `row`'s, or over}
    boolean change(Handle tx, Row row) {
        return tx.createUpdate(
                                """
                                UPDATE sharing_share SET permission = :permission, expires = :expires, version = :version
                                 WHERE tenant_id = :tenant AND id = :id AND version = :before AND revoked IS NULL
                                """)
                        .bind("tenant", row.tenant())
                        .bind("id", row.id())
                        .bind("permission", row.level().name())
                        .bind("expires", row.expires().map(Micros::of).orElse(NEVER))
                        .bind("version", row.version())
                        .bind("before", row.version() - 1)
                        .execute()
                == 1;
    }

    /// {@return false when it is answered or over already}
    boolean accept(Handle tx, TenantId tenant, UUID id, Instant now) {
        return tx.createUpdate(
                                """
                                UPDATE sharing_share SET accepted = :now, version = version + 1
                                 WHERE tenant_id = :tenant AND id = :id AND accepted IS NULL AND revoked IS NULL
                                   AND expires > :now
                                """)
                        .bind("tenant", tenant)
                        .bind("id", id)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /// {@return false when it is over already}
    boolean revoke(Handle tx, TenantId tenant, UUID id, Instant now, Principal by) {
        return tx.createUpdate(
                                """
                                UPDATE sharing_share
                                   SET revoked = :now, revoked_by = :by, revoked_by_kind = :kind,
                                       revoked_by_name = :name, version = version + 1
                                 WHERE tenant_id = :tenant AND id = :id AND revoked IS NULL AND expires > :now
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

    static Row row(ResultSet row) throws SQLException {
        long expires = row.getLong("expires");
        return new Row(
                Rows.tenant(row, "tenant_id"),
                Rows.uuid(row, "id"),
                Rows.uuid(row, "secret_id"),
                new Row.Place(
                        row.getString("path"), row.getString("service"), row.getString("account")),
                Level.valueOf(row.getString("permission")),
                party(row, "with"),
                row.getString("received"),
                party(row, "by"),
                Rows.instant(row, "created"),
                Rows.optionalInstant(row, "accepted"),
                expires == NEVER ? Optional.empty() : Optional.of(Micros.toInstant(expires)),
                Rows.optionalInstant(row, "revoked"),
                revoker(row),
                Metadata.stored(row.getString("metadata")),
                row.getInt("version"));
    }

    private static Share.Party party(ResultSet row, String side) throws SQLException {
        return new Share.Party(
                Share.Kind.valueOf(row.getString(side + "_kind")),
                Rows.optionalUuid(row, side + "_id"),
                row.getString(side + "_name"));
    }

    static Optional<Share.Party> revoker(ResultSet row) throws SQLException {
        var id = Rows.optionalUuid(row, "revoked_by");
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Share.Party(
                                Share.Kind.valueOf(row.getString("revoked_by_kind")),
                                id,
                                row.getString("revoked_by_name")));
    }
}
