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
        private final StringBuilder from = new StringBuilder();
        private final StringBuilder sql = new StringBuilder(" WHERE ");
        private final Map<String, Object> values = new LinkedHashMap<>();
        private final Instant now;

        private Part(Instant now) {
            this.now = now;
            values.put("now", now);
        }

        static Part ofTenant(TenantId tenant, Instant now) {
            var part = new Part(now).with("s.tenant_id = :tenant", "tenant", tenant);
            part.from.append("sharing_share s");
            return part;
        }

        static Part ofSecret(TenantId tenant, UUID secret, Instant now) {
            return ofTenant(tenant, now).with(" AND s.secret_id = :secret", "secret", secret);
        }

        /// What somebody gave, and what their tenant passed on, as far as its policy shows that.
        static Part given(Scope scope, Instant now) {
            return new Part(now)
                    .found("r.tenant_id = :tenant AND r.by_id = :by", "tenant", scope.tenant())
                    .ofHome(scope, "r.by_kind = 'TENANT' AND r.by_id = :home")
                    .bound("by", scope.principal().id());
        }

        /// What somebody receives as themselves, by a role, and by their tenant, as far as its policy shows that.
        static Part received(Scope scope, Set<String> roles, Instant now) {
            var part =
                    new Part(now)
                            .found(
                                    "r.tenant_id = :tenant AND r.with_id = :me",
                                    "tenant",
                                    scope.tenant())
                            .bound("me", scope.principal().id());
            int place = 0;
            for (var role : roles) {
                part.found(
                        "r.tenant_id = :tenant AND r.with_kind = 'ROLE' AND r.with_name = :role"
                                + place,
                        "role" + place,
                        role);
                place++;
            }
            return part.ofHome(scope, "r.with_kind = 'TENANT' AND r.with_id = :home");
        }

        /// Closes what was found by several indexes.
        private Part ofHome(Scope scope, String side) {
            found(side, "home", scope.tenant().value());
            if (!scope.everything()) {
                var seen = scope.on("r.received");
                from.append(" AND ").append(seen.sql());
                values.putAll(seen.bindings());
            }
            // CROSS: SQLite keeps the order, and does not walk through the tenant's shares newest
            // first
            from.append(") m CROSS JOIN sharing_share s");
            sql.append("s.tenant_id = m.tenant_id AND s.id = m.id");
            return this;
        }

        /// Adds those of one condition, found by its own index. No share meets two conditions of one question.
        private Part found(String condition, String name, Object value) {
            from.append(from.isEmpty() ? "(" : " UNION ALL ");
            from.append("SELECT r.tenant_id, r.id FROM sharing_share r WHERE ").append(condition);
            return bound(name, value);
        }

        private Part bound(String name, Object value) {
            values.put(name, value);
            return this;
        }

        private Part with(String fragment, String name, Object value) {
            sql.append(fragment);
            values.put(name, value);
            return this;
        }

        private Query query(Handle tx, String select, String rest) {
            var text = select + " FROM " + from + sql + rest;
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
        narrowed.from.append(part.from);
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
