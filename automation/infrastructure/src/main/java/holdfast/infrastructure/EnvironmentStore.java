package holdfast.infrastructure;

import holdfast.access.Scope;
import holdfast.configuration.EnvironmentDraft;
import holdfast.estate.SourceStatus;
import holdfast.kernel.Cursor;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `infrastructure_environment`.
final class EnvironmentStore {
    /// One environment without its sources.
    record Row(
            UUID id,
            String name,
            String description,
            Instant created,
            Instant changed,
            int version) {}

    /// What a list asks for.
    ///
    /// @param after sort value and id of the last row of the window before
    /// @param seen  the environments that the reader may see
    record Window(
            Optional<String> text,
            Optional<SourceStatus> status,
            Sort sort,
            boolean descending,
            Optional<After> after,
            Scope.Condition seen,
            int limit) {
        /// {@return the window that answers `query`, and one row more, which tells whether the list goes on}
        ///
        /// @throws holdfast.kernel.Refusal MALFORMED for a cursor of another order
        static Window of(Scope scope, Environments.Query query) {
            boolean descending = query.sort().startsWith("-");
            var sort =
                    switch (descending ? query.sort().substring(1) : query.sort()) {
                        case "created" -> Sort.CREATED;
                        case "lastSync" -> Sort.LAST_SYNC;
                        default -> Sort.NAME;
                    };
            return new Window(
                    query.text(),
                    query.status(),
                    sort,
                    descending,
                    query.cursor().map(Cursor::read).map(cursor -> After.of(sort, cursor)),
                    scope.on(resource("e.id")),
                    query.limit() + 1);
        }
    }

    /// {@return the environment of `column` as policy names it}
    ///
    /// @param column a constant
    static String resource(String column) {
        return "('environment/' || CAST(" + column + " AS TEXT))";
    }

    record After(String value, UUID id) {
        private static After of(Sort sort, Cursor cursor) {
            if (sort.isNumber()) {
                cursor.number(); // refuses one that belongs to another order
            }
            return new After(cursor.value(), cursor.id());
        }
    }

    /// A row and its place in the order.
    record Placed(Row row, String value) {}

    /// The orders a list may have.
    enum Sort {
        NAME("e.name_folded", false),
        CREATED("e.created", true),
        LAST_SYNC(
                """
                COALESCE((SELECT MAX(s.last_success) FROM infrastructure_source s
                           WHERE s.tenant_id = e.tenant_id AND s.environment_id = e.id), 0)
                """,
                true);

        private final String expression;
        private final boolean number;

        Sort(String expression, boolean number) {
            this.expression = expression;
            this.number = number;
        }

        boolean isNumber() {
            return number;
        }
    }

    boolean insert(Handle tx, TenantId tenant, Row row) {
        return tx.createUpdate(
                                """
                                INSERT INTO infrastructure_environment
                                       (tenant_id, id, name, name_folded, description, created, changed, version)
                                VALUES (:tenant, :id, :name, :folded, :description, :created, :changed, :version)
                                ON CONFLICT (tenant_id, name_folded) DO NOTHING
                                """)
                        .bind("tenant", tenant)
                        .bind("id", row.id())
                        .bind("name", row.name())
                        .bind("folded", EnvironmentDraft.folded(row.name()))
                        .bind("description", row.description())
                        .bind("created", row.created())
                        .bind("changed", row.changed())
                        .bind("version", row.version())
                        .execute()
                == 1;
    }

    /// {@return whether `row` follows the stored version}
    boolean update(Handle tx, TenantId tenant, Row row) {
        return tx.createUpdate(
                                """
                                UPDATE infrastructure_environment
                                   SET name = :name, name_folded = :folded, description = :description,
                                       changed = :changed, version = :version
                                 WHERE tenant_id = :tenant AND id = :id AND version = :version - 1
                                """)
                        .bind("tenant", tenant)
                        .bind("id", row.id())
                        .bind("name", row.name())
                        .bind("folded", EnvironmentDraft.folded(row.name()))
                        .bind("description", row.description())
                        .bind("changed", row.changed())
                        .bind("version", row.version())
                        .execute()
                == 1;
    }

    void delete(Handle tx, TenantId tenant, UUID id) {
        tx.createUpdate(
                        "DELETE FROM infrastructure_environment WHERE tenant_id = :tenant AND id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .execute();
    }

    Optional<Row> find(Handle tx, TenantId tenant, UUID id) {
        return tx.createQuery(
                        """
                        SELECT id, name, description, created, changed, version
                          FROM infrastructure_environment
                         WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("tenant", tenant)
                .bind("id", id)
                .map((row, _) -> row(row))
                .findOne();
    }

    Optional<Row> named(Handle tx, TenantId tenant, String name) {
        return tx.createQuery(
                        """
                        SELECT id, name, description, created, changed, version
                          FROM infrastructure_environment
                         WHERE tenant_id = :tenant AND name_folded = :folded
                        """)
                .bind("tenant", tenant)
                .bind("folded", EnvironmentDraft.folded(name))
                .map((row, _) -> row(row))
                .findOne();
    }

    Map<UUID, String> names(Handle tx, TenantId tenant) {
        var names = new HashMap<UUID, String>();
        tx.createQuery("SELECT id, name FROM infrastructure_environment WHERE tenant_id = :tenant")
                .bind("tenant", tenant)
                .map((row, _) -> Map.entry(Rows.uuid(row, "id"), row.getString("name")))
                .forEach(entry -> names.put(entry.getKey(), entry.getValue()));
        return names;
    }

    List<Placed> window(Handle tx, TenantId tenant, Window window) {
        var sort = window.sort();
        var sql =
                new StringBuilder(
                        "SELECT e.id, e.name, e.description, e.created, e.changed, e.version, "
                                + sort.expression
                                + " AS place"
                                + " FROM infrastructure_environment e WHERE e.tenant_id = :tenant");
        conditions(window).forEach(sql::append);
        window.after()
                .ifPresent(_ ->
                        sql.append(
                                " AND ("
                                        + sort.expression
                                        + ", e.id) "
                                        + (window.descending() ? "<" : ">")
                                        + " (:value, :after)"));
        var direction = window.descending() ? " DESC" : "";
        sql.append(" ORDER BY place" + direction + ", e.id" + direction + " LIMIT :limit");
        var query =
                tx.createQuery(sql.toString()).bind("tenant", tenant).bind("limit", window.limit());
        bind(query, window);
        window.after()
                .ifPresent(after -> {
                    query.bind("after", after.id());
                    if (sort.number) {
                        query.bind("value", Long.parseLong(after.value()));
                    } else {
                        query.bind("value", after.value());
                    }
                });
        return query.map((row, _) -> new Placed(row(row), row.getString("place"))).list();
    }

    long count(Handle tx, TenantId tenant, Window window) {
        var sql =
                new StringBuilder(
                        "SELECT COUNT(*) FROM infrastructure_environment e WHERE e.tenant_id = :tenant");
        conditions(window).forEach(sql::append);
        var query = tx.createQuery(sql.toString()).bind("tenant", tenant);
        bind(query, window);
        return query.mapTo(Long.class).one();
    }

    private static List<String> conditions(Window window) {
        var conditions = new ArrayList<String>();
        window.text().ifPresent(_ -> conditions.add(" AND e.name_folded LIKE :text ESCAPE '!'"));
        window.status()
                .ifPresent(_ ->
                        conditions.add(
                                " AND EXISTS (SELECT 1 FROM infrastructure_source s WHERE s.tenant_id = e.tenant_id"
                                        + " AND s.environment_id = e.id AND s.status = :status)"));
        conditions.add(" AND " + window.seen().sql());
        return conditions;
    }

    private static void bind(org.jdbi.v3.core.statement.Query query, Window window) {
        window.text().ifPresent(text -> query.bind("text", GridStore.contains(text)));
        window.status().ifPresent(status -> query.bind("status", status.name()));
        query.bindMap(window.seen().bindings());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                Rows.uuid(row, "id"),
                row.getString("name"),
                row.getString("description"),
                Rows.instant(row, "created"),
                Rows.instant(row, "changed"),
                row.getInt("version"));
    }
}
