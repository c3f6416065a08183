package holdfast.vault;

import holdfast.kernel.Micros;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.secret.Content;
import holdfast.secret.Details;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.Upkeep;
import holdfast.storage.Direct;
import holdfast.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// The SQL that finds and changes one secret. Every change names the version it was made from, and says whether it was first.
final class SecretStore {
    static final long NEVER = Long.MAX_VALUE;

    static final String COLUMNS =
            """
            s.id, s.path, s.service, s.account, s.state, s.version, s.kind, s.size, s.notes, s.tags, s.metadata, s.expires,
            s.on_expiry, s.keep_versions, s.keep_days, s.created, s.created_by, s.created_by_kind, s.created_by_name,
            s.changed, s.changed_by, s.changed_by_kind, s.changed_by_name, s.deleted, s.destroys
            """;

    /// {@return the path of a secret, which never changes}
    Optional<String> path(Handle tx, TenantId tenant, UUID id) {
        return tx.createQuery(
                        "SELECT path FROM vault_secret WHERE tenant_id = :tenant AND id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }

    Optional<Row> find(Handle tx, TenantId tenant, UUID id) {
        return tx.createQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM vault_secret s WHERE s.tenant_id = :tenant AND s.id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .map((row, _) -> row(row))
                .findOne();
    }

    Optional<Row> find(Handle tx, TenantId tenant, SecretName name) {
        return tx.createQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM vault_secret s WHERE s.tenant_id = :tenant AND s.path ="
                                + " :path")
                .bind("tenant", tenant)
                .bind("path", name.resource())
                .map((row, _) -> row(row))
                .findOne();
    }

    /// {@return those of `ids` that exist, in no order}
    List<Row> find(Handle tx, TenantId tenant, List<UUID> ids) {
        try (var query =
                Direct.on(
                        tx,
                        "SELECT "
                                + COLUMNS
                                + " FROM vault_secret s WHERE s.tenant_id = ? AND s.id IN ("
                                + places(ids.size())
                                + ")")) {
            query.bind(tenant);
            ids.forEach(query::bind);
            return query.list(SecretStore::row);
        }
    }

    /// {@return the ids of those of `names` that exist, in no order}
    List<UUID> idsOf(Handle tx, TenantId tenant, List<SecretName> names) {
        try (var query =
                Direct.on(
                        tx,
                        "SELECT id FROM vault_secret WHERE tenant_id = ? AND path IN ("
                                + places(names.size())
                                + ")")) {
            query.bind(tenant);
            names.forEach(name -> query.bind(name.resource()));
            return query.list(row -> Rows.uuid(row, "id"));
        }
    }

    /// @return for each whether it was added; false when its name is taken
    List<Boolean> add(Handle tx, TenantId tenant, List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        try (var insert =
                Direct.on(
                        tx,
                        """
                        INSERT INTO vault_secret
                               (tenant_id, id, path, service, account, state, version, kind, size, notes, tags, metadata,
                                expires, on_expiry, keep_versions, keep_days, created, created_by, created_by_kind,
                                created_by_name, changed, changed_by, changed_by_kind, changed_by_name)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT DO NOTHING
                        """)) {
            rows.forEach(row -> bind(insert, tenant, row).add());
            return Arrays.stream(insert.executeAll()).mapToObj(count -> count == 1).toList();
        }
    }

    private static Direct bind(Direct insert, TenantId tenant, Row row) {
        var upkeep = row.upkeep();
        return stamp(
                stamp(
                        insert.bind(tenant)
                                .bind(row.id())
                                .bind(row.name().resource())
                                .bind(row.name().service())
                                .bind(row.name().account())
                                .bind(row.state().name())
                                .bind(row.version())
                                .bind(row.shape().kind().name())
                                .bind(row.shape().size())
                                .bind(row.details().notes())
                                .bind(row.details().writtenTags())
                                .bind(row.details().writtenMetadata())
                                .bind(upkeep.expires().map(Micros::of).orElse(NEVER))
                                .bind(upkeep.onExpiry().name())
                                .bind(upkeep.keepVersions())
                                .bind(upkeep.keepDays()),
                        row.created()),
                row.changed());
    }

    private static Direct stamp(Direct insert, Row.Stamp made) {
        var by = made.by();
        return insert.bind(made.at()).bind(by.id()).bind(by.kind().name()).bind(by.name());
    }

    /// Replaces what changes with a version.
    ///
    /// @return false when the secret is not at `expected`, or is deleted
    boolean advance(Handle tx, TenantId tenant, Row row, int expected) {
        ReadStore.changed(tx, tenant, row.id());
        var statement =
                tx.createUpdate(
                                """
                                UPDATE vault_secret
                                   SET version = :version, kind = :kind, size = :size, notes = :notes, tags = :tags,
                                       metadata = :metadata, expires = :expires, on_expiry = :onExpiry,
                                       keep_versions = :keepVersions, keep_days = :keepDays, changed = :changed,
                                       changed_by = :changedBy, changed_by_kind = :changedByKind,
                                       changed_by_name = :changedByName, state = 'ACTIVE'
                                 WHERE tenant_id = :tenant AND id = :id AND version = :expected AND state <> 'DELETED'
                                """)
                        .bind("tenant", tenant)
                        .bind("id", row.id())
                        .bind("expected", expected);
        return bindChange(statement, row).execute() == 1;
    }

    private static <S extends SqlStatement<S>> S bindChange(S statement, Row row) {
        var upkeep = row.upkeep();
        return statement
                .bind("version", row.version())
                .bind("kind", row.shape().kind().name())
                .bind("size", row.shape().size())
                .bind("notes", row.details().notes())
                .bind("tags", row.details().writtenTags())
                .bind("metadata", row.details().writtenMetadata())
                .bind("expires", upkeep.expires().map(Micros::of).orElse(NEVER))
                .bind("onExpiry", upkeep.onExpiry().name())
                .bind("keepVersions", upkeep.keepVersions())
                .bind("keepDays", upkeep.keepDays().orElse(null))
                .bind("changed", row.changed().at())
                .bind("changedBy", row.changed().by().id())
                .bind("changedByKind", row.changed().by().kind().name())
                .bind("changedByName", row.changed().by().name());
    }

    /// @return false when it is not at `expected`, or is deleted already
    boolean delete(
            Handle tx, TenantId tenant, UUID id, int expected, Instant now, Instant destroys) {
        ReadStore.changed(tx, tenant, id);
        return tx.createUpdate(
                                """
                                UPDATE vault_secret SET state = 'DELETED', deleted = :now, destroys = :destroys
                                 WHERE tenant_id = :tenant AND id = :id AND version = :expected AND state <> 'DELETED'
                                """)
                        .bind("tenant", tenant)
                        .bind("id", id)
                        .bind("expected", expected)
                        .bind("now", now)
                        .bind("destroys", destroys)
                        .execute()
                == 1;
    }

    /// @return false when it is not deleted
    boolean undelete(Handle tx, TenantId tenant, UUID id) {
        ReadStore.changed(tx, tenant, id);
        return tx.createUpdate(
                                """
                                UPDATE vault_secret SET state = 'ACTIVE', deleted = NULL, destroys = NULL
                                 WHERE tenant_id = :tenant AND id = :id AND state = 'DELETED'
                                """)
                        .bind("tenant", tenant)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /// @return false when it is not deleted: only what is deleted can be destroyed
    boolean destroy(Handle tx, TenantId tenant, UUID id) {
        ReadStore.changed(tx, tenant, id);
        return tx.createUpdate(
                                """
                                DELETE FROM vault_secret WHERE tenant_id = :tenant AND id = :id AND state = 'DELETED'
                                """)
                        .bind("tenant", tenant)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /// @return false when it is not active any more
    boolean archive(Handle tx, TenantId tenant, UUID id, int expected) {
        ReadStore.changed(tx, tenant, id);
        return tx.createUpdate(
                                """
                                UPDATE vault_secret SET state = 'ARCHIVED'
                                 WHERE tenant_id = :tenant AND id = :id AND version = :expected AND state = 'ACTIVE'
                                """)
                        .bind("tenant", tenant)
                        .bind("id", id)
                        .bind("expected", expected)
                        .execute()
                == 1;
    }

    /// {@return the places of `count` values in an `IN`}
    static String places(int count) {
        return "?, ".repeat(count - 1) + "?";
    }

    static Row row(ResultSet row) throws SQLException {
        long expires = row.getLong("expires");
        int days = row.getInt("keep_days");
        Optional<Integer> keepDays = row.wasNull() ? Optional.empty() : Optional.of(days);
        return new Row(
                Rows.uuid(row, "id"),
                new SecretName(row.getString("service"), row.getString("account")),
                Secret.State.valueOf(row.getString("state")),
                row.getInt("version"),
                new Row.Shape(Content.Kind.valueOf(row.getString("kind")), row.getInt("size")),
                Details.read(
                        row.getString("notes"), row.getString("tags"), row.getString("metadata")),
                new Upkeep(
                        expires == NEVER
                                ? Optional.empty()
                                : Optional.of(Micros.toInstant(expires)),
                        Upkeep.OnExpiry.valueOf(row.getString("on_expiry")),
                        row.getInt("keep_versions"),
                        keepDays),
                stamp(row, "created"),
                stamp(row, "changed"),
                Rows.optionalInstant(row, "deleted"),
                Rows.optionalInstant(row, "destroys"));
    }

    static Row.Stamp stamp(ResultSet row, String column) throws SQLException {
        return new Row.Stamp(
                Rows.instant(row, column),
                new Secret.Author(
                        Rows.uuid(row, column + "_by"),
                        Principal.Kind.valueOf(row.getString(column + "_by_kind")),
                        row.getString(column + "_by_name")));
    }
}
