package holdfast.ledger;

import holdfast.kernel.Micros;
import holdfast.kernel.Page;
import holdfast.kernel.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Finds events: constant pieces of SQL, put together for the conditions that are there, so that each finds its index.
final class SearchStore {
    private static final String ENTRIES =
            """
            SELECT sequence, time, actor, actor_kind, actor_name, address, request,
                   action, resource, outcome, severity, body
              FROM ledger_event
             WHERE tenant_id = :tenant AND sequence >= :lowest AND sequence < :highest
            """;
    private static final String COUNT =
            """
            SELECT count(*)
              FROM ledger_event
             WHERE tenant_id = :tenant AND sequence >= :lowest AND sequence < :highest
            """;
    private static final String NEWEST_FIRST = " ORDER BY sequence DESC LIMIT :limit";

    private final EventStore events;

    SearchStore(EventStore events) {
        this.events = events;
    }

    Page<Entry> find(Handle tx, TenantId tenant, Search search) {
        var conditions = Conditions.of(search);
        long newest = events.newest(tx, tenant);
        long lowest =
                search.from()
                        .map(from -> events.firstSince(tx, tenant, Micros.of(from)))
                        .orElse(1L);
        long end =
                search.to()
                        .map(to -> events.firstSince(tx, tenant, Micros.of(to)))
                        .orElse(newest + 1);
        long below = Math.min(end, search.before().orElse(Long.MAX_VALUE));
        var found =
                tx.createQuery(ENTRIES + conditions.sql() + NEWEST_FIRST)
                        .bind("tenant", tenant)
                        .bind("lowest", lowest)
                        .bind("highest", below)
                        .bind("limit", search.limit() + 1)
                        .bindMap(conditions.values())
                        .map(EventStore.ENTRY)
                        .list();
        return page(found, search.limit(), total(tx, tenant, conditions, lowest, end));
    }

    private static long total(
            Handle tx, TenantId tenant, Conditions conditions, long lowest, long end) {
        if (conditions.values().isEmpty() && conditions.sql().isEmpty()) {
            return Math.max(0, end - lowest); // a tenant's numbers have no gaps
        }
        return tx.createQuery(COUNT + conditions.sql())
                .bind("tenant", tenant)
                .bind("lowest", lowest)
                .bind("highest", end)
                .bindMap(conditions.values())
                .mapTo(Long.class)
                .one();
    }

    private static Page<Entry> page(List<Entry> found, int limit, long total) {
        if (found.size() <= limit) {
            return new Page<>(found, Optional.empty(), total);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, Optional.of(Long.toString(items.getLast().sequence())), total);
    }

    /// Pieces of SQL and the values they name.
    private record Conditions(String sql, Map<String, Object> values) {
        static Conditions of(Search search) {
            var pieces = new ArrayList<String>();
            var values = new HashMap<String, Object>();
            search.action()
                    .ifPresent(action -> {
                        pieces.add(
                                action.endsWith(".")
                                        ? " AND action >= :action AND action < :actionEnd"
                                        : " AND action = :action");
                        values.put("action", action);
                        if (action.endsWith(".")) {
                            values.put("actionEnd", successor(action));
                        }
                    });
            search.resource()
                    .ifPresent(resource -> {
                        pieces.add(
                                resource.endsWith("/")
                                        ? " AND resource >= :resource AND resource < :resourceEnd"
                                        : " AND resource = :resource");
                        values.put("resource", resource);
                        if (resource.endsWith("/")) {
                            values.put("resourceEnd", successor(resource));
                        }
                    });
            search.actor()
                    .ifPresent(actor -> {
                        pieces.add(" AND actor = :actor");
                        values.put("actor", actor);
                    });
            search.outcome().ifPresent(outcome -> pieces.add(piece(outcome)));
            search.severity().ifPresent(severity -> pieces.add(piece(severity)));
            search.text()
                    .ifPresent(text -> {
                        pieces.add(
                                """
                                 AND (lower(action) LIKE :text ESCAPE '!' OR lower(actor_name) LIKE :text ESCAPE '!'
                                      OR lower(resource) LIKE :text ESCAPE '!' OR lower(body) LIKE :text ESCAPE '!')
                                """);
                        values.put("text", "%" + escaped(text) + "%");
                    });
            return new Conditions(String.join("", pieces), values);
        }

        /// What is not ordinary has an index of its own, which must be named to be used.
        private static String piece(Event.Outcome outcome) {
            return switch (outcome) {
                case SUCCESS -> " AND outcome = 'SUCCESS'";
                case REFUSED -> " AND outcome = 'REFUSED' AND outcome <> 'SUCCESS'";
                case FAILED -> " AND outcome = 'FAILED' AND outcome <> 'SUCCESS'";
            };
        }

        private static String piece(Event.Severity severity) {
            return switch (severity) {
                case INFO -> " AND severity = 'INFO'";
                case WARNING -> " AND severity = 'WARNING' AND severity <> 'INFO'";
                case ERROR -> " AND severity = 'ERROR' AND severity <> 'INFO'";
                case CRITICAL -> " AND severity = 'CRITICAL' AND severity <> 'INFO'";
            };
        }

        /// {@return the smallest text above every text that begins with `prefix`}
        private static String successor(String prefix) {
            int last = prefix.length() - 1;
            return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
        }

        private static String escaped(String text) {
            return text.toLowerCase(Locale.ROOT)
                    .replace("!", "!!")
                    .replace("%", "!%")
                    .replace("_", "!_");
        }
    }
}
