package holdfast.vault;

import holdfast.kernel.TenantId;
import holdfast.secret.Content;
import holdfast.secret.Details;
import holdfast.secret.Secret;
import holdfast.storage.Direct;
import holdfast.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `vault_version`.
final class VersionStore {
    private static final String COLUMNS =
            """
            secret_id, version, value, epoch, value_mark, kind, size, notes, tags, metadata, origin, source, change_note,
            made, made_by, made_by_kind, made_by_name
            """;

    private static final String WITHOUT_VALUE =
            COLUMNS.replace(" value,", " value_mark AS value,"); // a value may have a megabyte

    void add(Handle tx, TenantId tenant, Collection<Row.Version> versions) {
        if (versions.isEmpty()) {
            return;
        }
        try (var insert =
                Direct.on(
                        tx,
                        """
                        INSERT INTO vault_version
                               (tenant_id, secret_id, version, value, epoch, value_mark, kind, size, notes, tags, metadata, origin,
                                source, change_note, made, made_by, made_by_kind, made_by_name)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)) {
            for (var version : versions) {
                insert.bind(tenant)
                        .bind(version.secret())
                        .bind(version.version())
                        .bind(version.sealed())
                        .bind(version.epoch())
                        .bind(version.mark())
                        .bind(version.shape().kind().name())
                        .bind(version.shape().size())
                        .bind(version.details().notes())
                        .bind(version.details().writtenTags())
                        .bind(version.details().writtenMetadata())
                        .bind(version.origin().name())
                        .bind(version.source())
                        .bind(version.change())
                        .bind(version.made().at())
                        .bind(version.made().by().id())
                        .bind(version.made().by().kind().name())
                        .bind(version.made().by().name())
                        .add();
            }
            insert.executeAll();
        }
    }

    Optional<Row.Version> find(Handle tx, TenantId tenant, UUID secret, int version) {
        return tx.createQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM vault_version WHERE tenant_id = :tenant AND secret_id ="
                                + " :secret AND version = :version")
                .bind("tenant", tenant)
                .bind("secret", secret)
                .bind("version", version)
                .map((row, _) -> version(row))
                .findOne();
    }

    /// A ciphertext and whose it is: all that opening a value needs.
    record Sealed(UUID secret, int version, SealedCache.Held held) {}

    Optional<SealedCache.Held> sealed(Handle tx, TenantId tenant, UUID secret, int version) {
        try (var query =
                Direct.on(
                        tx,
                        """
                        SELECT value, kind FROM vault_version
                         WHERE tenant_id = ? AND secret_id = ? AND version = ?
                        """)) {
            return query.bind(tenant).bind(secret).bind(version).first(VersionStore::held);
        }
    }

    private static SealedCache.Held held(ResultSet row) throws SQLException {
        return new SealedCache.Held(
                Rows.bytes(row, "value"), Content.Kind.valueOf(row.getString("kind")));
    }

    /// {@return each of these secrets at its version}
    List<Sealed> sealed(Handle tx, TenantId tenant, Map<UUID, Integer> wanted) {
        var byVersion = new TreeMap<Integer, List<UUID>>(); // few versions, many secrets
        wanted.forEach((id, version) ->
                byVersion.computeIfAbsent(version, _ -> new ArrayList<>()).add(id));
        var found = new ArrayList<Sealed>();
        byVersion.forEach((version, ids) -> found.addAll(at(tx, tenant, version, ids)));
        return found;
    }

    private static List<Sealed> at(Handle tx, TenantId tenant, int version, List<UUID> ids) {
        try (var query =
                Direct.on(
                        tx,
                        "SELECT secret_id, value, kind FROM vault_version WHERE tenant_id = ? AND"
                                + " version = ? AND secret_id IN ("
                                + SecretStore.places(ids.size())
                                + ")")) {
            query.bind(tenant).bind(version);
            ids.forEach(query::bind);
            return query.list(row -> new Sealed(Rows.uuid(row, "secret_id"), version, held(row)));
        }
    }

    /// {@return what is kept of a secret, newest first; in the place of each ciphertext stands its mark}
    List<Row.Version> history(Handle tx, TenantId tenant, UUID secret) {
        return tx.createQuery(
                        "SELECT "
                                + WITHOUT_VALUE
                                + " FROM vault_version WHERE tenant_id = :tenant AND secret_id ="
                                + " :secret ORDER BY version DESC")
                .bind("tenant", tenant)
                .bind("secret", secret)
                .map((row, _) -> version(row))
                .list();
    }

    /// {@return bytes of the values of the versions up to and with `last`}
    long bytesUpTo(Handle tx, TenantId tenant, UUID secret, int last) {
        return tx.createQuery(
                        """
                        SELECT COALESCE(SUM(size), 0) FROM vault_version
                         WHERE tenant_id = :tenant AND secret_id = :secret AND version <= :last
                        """)
                .bind("tenant", tenant)
                .bind("secret", secret)
                .bind("last", last)
                .mapTo(Long.class)
                .one();
    }

    /// Removes the versions up to and with `last`.
    ///
    /// @return how many
    int removeUpTo(Handle tx, TenantId tenant, UUID secret, int last) {
        return last < 1
                ? 0
                : tx.createUpdate(
                                """
                                DELETE FROM vault_version
                                 WHERE tenant_id = :tenant AND secret_id = :secret AND version <= :last
                                """)
                        .bind("tenant", tenant)
                        .bind("secret", secret)
                        .bind("last", last)
                        .execute();
    }

    /// {@return the newest version below `active` that was made before `before`; 0 when there is none}
    int newestBefore(Handle tx, TenantId tenant, UUID secret, int active, Instant before) {
        return tx.createQuery(
                        """
                        SELECT COALESCE(MAX(version), 0) FROM vault_version
                         WHERE tenant_id = :tenant AND secret_id = :secret AND version < :active AND made < :before
                        """)
                .bind("tenant", tenant)
                .bind("secret", secret)
                .bind("active", active)
                .bind("before", before)
                .mapTo(Integer.class)
                .one();
    }

    private static Row.Version version(ResultSet row) throws SQLException {
        int copied = row.getInt("source");
        Optional<Integer> source = row.wasNull() ? Optional.empty() : Optional.of(copied);
        return new Row.Version(
                Rows.uuid(row, "secret_id"),
                row.getInt("version"),
                Rows.bytes(row, "value"),
                row.getInt("epoch"),
                Rows.bytes(row, "value_mark"),
                new Row.Shape(Content.Kind.valueOf(row.getString("kind")), row.getInt("size")),
                Details.read(
                        row.getString("notes"), row.getString("tags"), row.getString("metadata")),
                Secret.Origin.valueOf(row.getString("origin")),
                source,
                row.getString("change_note"),
                SecretStore.stamp(row, "made"));
    }
}
