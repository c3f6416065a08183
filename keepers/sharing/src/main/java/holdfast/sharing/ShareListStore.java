package holdfast.sharing;

import holdfast.access.Scope;
import holdfast.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The SQL of lists and counts of `sharing_share`. Whose they are is part of every statement.
final class ShareListStore {
    private static final int MOST_PARTIES = 20;

    /// Which shares somebody asks about: a condition, and what is bound to it.
    static final class Part {
        private final StringBuilder sql = new StringBuilder(" WHERE ");
        private final Map<String, Object> values = new LinkedHashMap<>();
        private final Instant now;

        private Part(Instant now) {
            this.now = now;
            values.put("now", now);
        }

        static Part ofTenant(TenantId tenant, Instant now) {
            return new Part(now).with("s.tenant_id = :tenant", "tenant", tenant);
        }

        static Part ofSecret(TenantId tenant, UUID secret, Instant now) {
            return ofTenant(tenant, now).with(" AND s.secret_id = :secret", "secret", secret);
        }

        /// What somebody gave, and what their tenant passed on, as far as its policy shows that.
        static Part given(Scope scope, Instant now) {
            var part =
                    new Part(now)
                            .with("((s.tenant_id = :tenant", "tenant", scope.tenant())
                            .with(" AND s.by_id = :by", "by", scope.principal().id());
            return part.ofHome(scope, ") OR (s.by_kind = 'TENANT' AND s.by_id = :home");
        }

        /// What somebody receives as themselves, by a role, and by their tenant, as far as its policy shows that.
        static Part received(Scope scope, Set<String> roles, Instant now) {
            var part =
                    new Part(now)
                            .with(
                                    "((s.tenant_id = :tenant AND (s.with_id = :me",
                                    "me",
                                    scope.principal().id());
            part.values.put("tenant", scope.tenant());
            int place = 0;
            for (var role : roles) {
                part.with(
                        " OR (s.with_kind = 'ROLE' AND s.with_name = :role" + place + ")",
                        "role" + place,
                        role);
                place++;
            }
            return part.ofHome(scope, ")) OR (s.with_kind = 'TENANT' AND s.with_id = :home");
        }

        private Part ofHome(Scope scope, String side) {
            with(side, "home", scope.tenant().value());
            if (!scope.everything()) {
                var seen = scope.on("s.received");
                sql.append(" AND ").append(seen.sql());
                values.putAll(seen.bindings());
            }
            sql.append("))");
            return this;
        }

        private Part with(String fragment, String name, Object value) {
            sql.append(fragment);
            values.put(name, value);
            return this;
        }

        private Query query(Handle tx, String select, String rest) {
            var text = select + " FROM sharing_share s" + sql + rest;
            var statement = tx.createQuery(text);
            values.forEach((name, value) -> {
                if (text.contains(":" + name)) {
                    statement.bind(name, value);
                }
            });
            return statement;
        }
    }

    List<Row> window(Handle tx, Part part, ShareQuery query) {
        var narrowed = narrowed(part, query);
        query.after().ifPresent(id -> narrowed.with(" AND s.id < :after", "after", id));
        return narrowed.query(
                        tx, "SELECT " + ShareStore.COLUMNS, " ORDER BY s.id DESC LIMIT :limit")
                .bind("limit", query.limit() + 1)
                .map((row, _) -> ShareStore.row(row))
                .list();
    }

    long count(Handle tx, Part part, ShareQuery query) {
        return narrowed(part, query).query(tx, "SELECT COUNT(*)", "").mapTo(Long.class).one();
    }

    private static Part narrowed(Part part, ShareQuery query) {
        var narrowed = new Part(part.now);
        narrowed.sql.setLength(0);
        narrowed.sql.append(part.sql);
        narrowed.values.putAll(part.values);
        if (!query.levels().isEmpty()) {
            narrowed.sql.append(" AND s.permission IN (");
            narrowed.sql.append(
                    String.join(
                            ", ", query.levels().stream().map(one -> "'" + one + "'").toList()));
            narrowed.sql.append(")");
        }
        if (!query.states().isEmpty()) {
            narrowed.sql.append(" AND (");
            narrowed.sql.append(
                    String.join(
                            " OR ", query.states().stream().map(ShareListStore::state).toList()));
            narrowed.sql.append(")");
        }
        query.text()
                .ifPresent(text ->
                        narrowed.with(
                                " AND s.sought LIKE :text ESCAPE '\\'",
                                "text",
                                "%" + escaped(ShareStore.folded(text)) + "%"));
        return narrowed;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static String state(Share.State state) {
        return switch (state) {
            case REVOKED -> "s.revoked IS NOT NULL";
            case EXPIRED -> "(s.revoked IS NULL AND s.expires <= :now)";
            case PENDING ->
                    "(s.revoked IS NULL AND s.expires > :now AND s.with_kind = 'TENANT' AND"
                            + " s.accepted IS NULL)";
            case ACTIVE ->
                    "(s.revoked IS NULL AND s.expires > :now AND (s.with_kind <> 'TENANT' OR"
                            + " s.accepted IS NOT NULL))";
        };
    }

    Shares.Statistics statistics(Handle tx, Part part) {
        var permissions = new TreeMap<String, Long>();
        part.query(tx, "SELECT s.permission, COUNT(*) AS shares", " GROUP BY s.permission")
                .map((row, _) -> Map.entry(row.getString("permission"), row.getLong("shares")))
                .forEach(one -> permissions.put(one.getKey(), one.getValue()));
        var states = new TreeMap<String, Long>();
        for (var state : Share.State.values()) {
            long count =
                    part.query(tx, "SELECT COUNT(*)", " AND " + state(state))
                            .mapTo(Long.class)
                            .one();
            states.put(state.name(), count);
        }
        return new Shares.Statistics(
                permissions, states, parties(tx, part, "by"), parties(tx, part, "with"));
    }

    private static List<Shares.Count> parties(Handle tx, Part part, String side) {
        var columns = "s.%1$s_kind, s.%1$s_id, s.%1$s_name".formatted(side);
        return new ArrayList<>(
                part.query(
                                tx,
                                "SELECT " + columns + ", COUNT(*) AS shares",
                                " GROUP BY "
                                        + columns
                                        + " ORDER BY shares DESC LIMIT "
                                        + MOST_PARTIES)
                        .map((row, _) ->
                                new Shares.Count(
                                        new Share.Party(
                                                Share.Kind.valueOf(row.getString(side + "_kind")),
                                                holdfast.storage.Rows.optionalUuid(
                                                        row, side + "_id"),
                                                row.getString(side + "_name")),
                                        row.getLong("shares")))
                        .list());
    }
}
