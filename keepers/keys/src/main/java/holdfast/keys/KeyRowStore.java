package holdfast.keys;

import holdfast.access.Scope;
import holdfast.kernel.Bytes;
import holdfast.kernel.Cursor;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.storage.Direct;
import holdfast.storage.Rows;
import holdfast.storage.WriterMemory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The SQL of keys. What the caller may see is part of every list and count.
final class KeyRowStore {
    private static final int MOST =
            10_000; // keys whose revision the one writer of SQLite remembers

    private static final String COLUMNS =
            """
            k.id, k.path, k.name, k.type, k.state, k.version, k.least_opening, k.least_sealing, k.deletion_allowed, k.revision,
            k.created, k.created_by, k.created_by_kind, k.created_by_name, k.changed
            """;

    /// A row of a list, with what shows of its newest version and its place in the order.
    record Line(KeyRow row, Optional<Bytes> publicKey, String place) {}

    /// @return false when its name is taken
    boolean add(Handle tx, TenantId tenant, KeyRow row) {
        return tx.createUpdate(
                                """
                                INSERT INTO keys_key
                                       (tenant_id, id, path, name, folded, type, state, version, least_opening, least_sealing,
                                        deletion_allowed, revision, created, created_by, created_by_kind, created_by_name,
                                        changed)
                                VALUES (:tenant, :id, :path, :name, :folded, :type, :state, :version, :leastOpening,
                                        :leastSealing, :deletionAllowed, :revision, :created, :by, :byKind, :byName, :changed)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("tenant", tenant)
                        .bind("id", row.id())
                        .bind("path", row.name().resource())
                        .bind("name", row.name().text())
                        .bind("folded", row.name().text().toLowerCase(Locale.ROOT))
                        .bind("type", row.type().name())
                        .bind("state", row.state().name())
                        .bind("version", row.version())
                        .bind("leastOpening", row.leastOpening())
                        .bind("leastSealing", row.leastSealing())
                        .bind("deletionAllowed", row.deletionAllowed())
                        .bind("revision", row.revision())
                        .bind("created", row.created())
                        .bind("by", row.createdBy().id())
                        .bind("byKind", row.createdBy().kind().name())
                        .bind("byName", row.createdBy().name())
                        .bind("changed", row.changed())
                        .execute()
                == 1;
    }

    /// Replaces what can change; the revision moves by one.
    ///
    /// @return false when the key is not at the revision of `row` any more
    boolean replace(Handle tx, TenantId tenant, KeyRow row, Instant now) {
        changed(tx, tenant, row.id());
        return tx.createUpdate(
                                """
                                UPDATE keys_key
                                   SET state = :state, version = :version, least_opening = :leastOpening,
                                       least_sealing = :leastSealing, deletion_allowed = :deletionAllowed,
                                       revision = :expected + 1, changed = :changed
                                 WHERE tenant_id = :tenant AND id = :id AND revision = :expected
                                """)
                        .bind("tenant", tenant)
                        .bind("id", row.id())
                        .bind("expected", row.revision())
                        .bind("state", row.state().name())
                        .bind("version", row.version())
                        .bind("leastOpening", row.leastOpening())
                        .bind("leastSealing", row.leastSealing())
                        .bind("deletionAllowed", row.deletionAllowed())
                        .bind("changed", now)
                        .execute()
                == 1;
    }

    Optional<KeyRow> find(Handle tx, TenantId tenant, KeyName name) {
        return tx.createQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM keys_key k WHERE k.tenant_id = :tenant AND k.path = :path")
                .bind("tenant", tenant)
                .bind("path", name.resource())
                .map((row, _) -> row(row))
                .findOne();
    }

    /// {@return the revision that a key is at; empty when it is not there any more}
    Optional<Integer> revision(Handle tx, TenantId tenant, UUID id) {
        return remembered(tx)
                .map(known ->
                        Optional.ofNullable(
                                known.computeIfAbsent(
                                        new Place(tenant, id),
                                        _ -> stored(tx, tenant, id).orElse(null))))
                .orElseGet(() -> stored(tx, tenant, id));
    }

    private static Optional<Integer> stored(Handle tx, TenantId tenant, UUID id) {
        try (var query =
                Direct.on(tx, "SELECT revision FROM keys_key WHERE tenant_id = ? AND id = ?")) {
            return query.bind(tenant).bind(id).first(row -> row.getInt(1));
        }
    }

    private record Place(TenantId tenant, UUID id) {}

    private static Optional<Map<Place, Integer>> remembered(Handle tx) {
        return WriterMemory.of(tx, KeyRowStore.class, MOST);
    }

    private static void changed(Handle tx, TenantId tenant, UUID id) {
        remembered(tx).ifPresent(known -> known.remove(new Place(tenant, id)));
    }

    void remove(Handle tx, TenantId tenant, UUID id) {
        changed(tx, tenant, id);
        tx.createUpdate("DELETE FROM keys_key WHERE tenant_id = :tenant AND id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .execute();
    }

    /// {@return one more than the window holds, when there is one}
    List<Line> window(Handle tx, TenantId tenant, Scope scope, KeyQuery query) {
        var conditions = new Conditions(tenant, scope, query);
        var way = query.descending() ? " DESC" : "";
        var column = query.sort().column();
        query.after().ifPresent(after -> conditions.after(query, after));
        return conditions
                .query(
                        tx,
                        "SELECT "
                                + COLUMNS
                                + ", v.public_key FROM keys_key k JOIN keys_version v ON v.tenant_id"
                                + " = k.tenant_id AND v.key_id = k.id AND v.version = k.version",
                        " ORDER BY "
                                + column
                                + way
                                + (query.sort().isNumber() ? ", k.id" + way : "")
                                + " LIMIT :limit")
                .bind("limit", query.limit() + 1)
                .map((row, _) ->
                        new Line(
                                row(row),
                                Rows.optionalBytes(row, "public_key"),
                                row.getString(column.substring(2))))
                .list();
    }

    long count(Handle tx, TenantId tenant, Scope scope, KeyQuery query) {
        return new Conditions(tenant, scope, query)
                .query(tx, "SELECT COUNT(*) FROM keys_key k", "")
                .mapTo(Long.class)
                .one();
    }

    /// The WHERE of one question, and what is bound to it.
    private static final class Conditions {
        private final StringBuilder sql = new StringBuilder(" WHERE k.tenant_id = :tenant");
        private final Map<String, Object> values = new LinkedHashMap<>();

        Conditions(TenantId tenant, Scope scope, KeyQuery query) {
            values.put("tenant", tenant);
            if (!scope.everything()) {
                var seen = scope.on("k.path");
                sql.append(" AND ").append(seen.sql());
                values.putAll(seen.bindings());
            }
            query.type().ifPresent(type -> and("k.type = :type", "type", type.name()));
            query.state().ifPresent(state -> and("k.state = :state", "state", state.name()));
            query.text()
                    .ifPresent(text ->
                            and(
                                    "k.folded LIKE :text ESCAPE '!'",
                                    "text",
                                    "%"
                                            + text.toLowerCase(Locale.ROOT)
                                                    .replaceAll("([!%_])", "!$1")
                                            + "%"));
        }

        void after(KeyQuery query, Cursor after) {
            var than = query.descending() ? "<" : ">";
            if (query.sort().isNumber()) {
                and(
                        "(%s, k.id) %s (:value, :after)".formatted(query.sort().column(), than),
                        "value",
                        after.number());
                values.put("after", after.id());
            } else {
                and("k.path " + than + " :value", "value", after.value());
            }
        }

        private void and(String fragment, String name, Object value) {
            sql.append(" AND ").append(fragment);
            values.put(name, value);
        }

        Query query(Handle tx, String head, String tail) {
            return tx.createQuery(head + sql + tail).bindMap(values);
        }
    }

    private static KeyRow row(ResultSet row) throws SQLException {
        return new KeyRow(
                Rows.uuid(row, "id"),
                new KeyName(row.getString("name")),
                KeyType.valueOf(row.getString("type")),
                Key.State.valueOf(row.getString("state")),
                row.getInt("version"),
                row.getInt("least_opening"),
                row.getInt("least_sealing"),
                row.getBoolean("deletion_allowed"),
                row.getInt("revision"),
                Rows.instant(row, "created"),
                new Key.Author(
                        Rows.uuid(row, "created_by"),
                        Principal.Kind.valueOf(row.getString("created_by_kind")),
                        row.getString("created_by_name")),
                Rows.instant(row, "changed"));
    }
}
