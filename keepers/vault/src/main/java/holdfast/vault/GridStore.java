package holdfast.vault;

import holdfast.access.Scope;
import holdfast.kernel.Cursor;
import holdfast.kernel.TenantId;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.SecretQuery;
import holdfast.secret.Terms;
import holdfast.storage.Direct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The SQL of lists, searches, counts and folders, and of the index `vault_term` that searches read. What the caller may
/// see is part of every question.
final class GridStore {
    private static final String LAST = Character.toString(0x10FFFF); // above every character

    /// A row, and its place in the order.
    record Line(Row row, String place) {}

    /// The WHERE of one question, and what is bound to it.
    private static final class Conditions {
        private final StringBuilder sql =
                new StringBuilder(" WHERE s.tenant_id = :tenant AND s.state = :state");
        private final Map<String, Object> values = new LinkedHashMap<>();

        Conditions(TenantId tenant, Scope scope, Secret.State state) {
            values.put("tenant", tenant);
            values.put("state", state.name());
            if (!scope.everything()) {
                var seen = scope.on("s.path");
                sql.append(" AND ").append(seen.sql());
                values.putAll(seen.bindings());
            }
        }

        void and(String fragment, String name, Object value) {
            sql.append(" AND ").append(fragment);
            values.put(name, value);
        }

        Query query(Handle tx, String select, String rest) {
            var statement = tx.createQuery(select + sql + rest);
            values.forEach(statement::bind);
            return statement;
        }
    }

    List<Line> window(Handle tx, TenantId tenant, Scope scope, SecretQuery query) {
        var conditions = conditions(tenant, scope, query);
        var column = "s." + query.sort().column();
        var way = query.descending() ? " DESC" : "";
        query.after().ifPresent(after -> after(conditions, query, after));
        return conditions
                .query(
                        tx,
                        "SELECT " + SecretStore.COLUMNS + " FROM vault_secret s",
                        " ORDER BY "
                                + column
                                + way
                                + (query.sort().isNumber() ? ", s.id" + way : "")
                                + " LIMIT :limit")
                .bind("limit", query.limit() + 1)
                .map((row, _) ->
                        new Line(SecretStore.row(row), row.getString(query.sort().column())))
                .list();
    }

    long count(Handle tx, TenantId tenant, Scope scope, SecretQuery query) {
        return conditions(tenant, scope, query)
                .query(tx, "SELECT COUNT(*) FROM vault_secret s", "")
                .mapTo(Long.class)
                .one();
    }

    /// {@return the first service from `from` on, below `end`, in byte order}
    Optional<String> service(
            Handle tx, TenantId tenant, Scope scope, String from, Optional<String> end) {
        var conditions = new Conditions(tenant, scope, Secret.State.ACTIVE);
        conditions.and("s.service >= :from", "from", from);
        end.ifPresent(last -> conditions.and("s.service < :end", "end", last));
        return conditions
                .query(
                        tx,
                        "SELECT s.service FROM vault_secret s",
                        " ORDER BY s.service, s.path LIMIT 1")
                .mapTo(String.class)
                .findOne();
    }

    private static Conditions conditions(TenantId tenant, Scope scope, SecretQuery query) {
        var conditions = new Conditions(tenant, scope, query.state());
        query.under()
                .ifPresent(folder -> {
                    var below = SecretName.below(folder, "?service");
                    conditions.and("s.path > :below", "below", below);
                    conditions.and("s.path < :beside", "beside", beside(below));
                });
        int tag = 0;
        for (var wanted : query.tags()) {
            conditions.and(
                    "s.id IN (SELECT t.secret_id FROM vault_term t WHERE t.tenant_id = :tenant AND"
                            + " t.kind = 'TAG' AND t.term = :tag"
                            + tag
                            + ")",
                    "tag" + tag,
                    Terms.fold(wanted));
            tag++;
        }
        query.text().ifPresent(text -> words(conditions, text));
        return conditions;
    }

    private static void words(Conditions conditions, String text) {
        var sought = Terms.sought(text);
        if (sought.isEmpty()) {
            conditions.sql.append(" AND 1 = 0"); // signs alone are no word of anything
        }
        int word = 0;
        for (var begin : sought) {
            conditions.and(
                    "s.id IN (SELECT t.secret_id FROM vault_term t WHERE t.tenant_id = :tenant AND"
                            + " t.kind = 'WORD' AND t.term >= :word"
                            + word
                            + " AND t.term < :wordEnd"
                            + word
                            + ")",
                    "word" + word,
                    begin);
            conditions.values.put("wordEnd" + word, begin + LAST);
            word++;
        }
    }

    private static void after(Conditions conditions, SecretQuery query, Cursor after) {
        var than = query.descending() ? "<" : ">";
        if (query.sort().isNumber()) {
            conditions.and(
                    "(s.%s, s.id) %s (:value, :after)".formatted(query.sort().column(), than),
                    "value",
                    after.number());
            conditions.values.put("after", after.id());
        } else {
            conditions.and("s.path " + than + " :value", "value", after.value());
        }
    }

    /// {@return what is greater than all that begins with `below`, which ends in a slash, and no more}
    static String beside(String below) {
        return below.substring(0, below.length() - 1) + (char) ('/' + 1);
    }

    /// Writes the words of secrets into the index that searches read.
    void index(Handle tx, TenantId tenant, Map<UUID, Terms.Found> words) {
        if (words.isEmpty()) {
            return;
        }
        try (var insert =
                Direct.on(
                        tx,
                        "INSERT INTO vault_term (tenant_id, kind, term, secret_id) VALUES (?, ?, ?,"
                                + " ?)")) {
            int count = 0;
            for (var of : words.entrySet()) {
                for (var tag : of.getValue().tags()) {
                    insert.bind(tenant).bind("TAG").bind(tag).bind(of.getKey()).add();
                    count++;
                }
                for (var word : of.getValue().words()) {
                    insert.bind(tenant).bind("WORD").bind(word).bind(of.getKey()).add();
                    count++;
                }
            }
            if (count > 0) {
                insert.executeAll();
            }
        }
    }

    void unindex(Handle tx, TenantId tenant, UUID secret) {
        tx.createUpdate("DELETE FROM vault_term WHERE tenant_id = :tenant AND secret_id = :secret")
                .bind("tenant", tenant)
                .bind("secret", secret)
                .execute();
    }
}
