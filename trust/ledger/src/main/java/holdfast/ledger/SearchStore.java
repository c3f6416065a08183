package holdfast.ledger;

import holdfast.kernel.Micros;
import holdfast.kernel.Page;
import holdfast.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Finds events, newest first, in windows.
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
        var range = range(tx, tenant, search);
        var found = found(tx, tenant, search, range, search.limit() + 1);
        return page(
                found, search.limit(), total(tx, tenant, conditions, range.lowest(), range.end()));
    }

    /// As [#find], without a total.
    List<Entry> window(Handle tx, TenantId tenant, Search search) {
        return found(tx, tenant, search, range(tx, tenant, search), search.limit());
    }

    /// The sequence numbers that the times of a search leave.
    private record Range(long lowest, long end) {}

    private Range range(Handle tx, TenantId tenant, Search search) {
        long newest = events.newest(tx, tenant);
        long lowest =
                search.from()
                        .map(from -> events.firstSince(tx, tenant, Micros.of(from)))
                        .orElse(1L);
        long end =
                search.to()
                        .map(to -> events.firstSince(tx, tenant, Micros.of(to)))
                        .orElse(newest + 1);
        return new Range(lowest, end);
    }

    private static List<Entry> found(
            Handle tx, TenantId tenant, Search search, Range range, int limit) {
        var conditions = Conditions.of(search);
        return tx.createQuery(ENTRIES + conditions.sql() + NEWEST_FIRST)
                .bind("tenant", tenant)
                .bind("lowest", range.lowest())
                .bind("highest", Math.min(range.end(), search.before().orElse(Long.MAX_VALUE)))
                .bind("limit", limit)
                .bindMap(conditions.values())
                .map(EventStore.ENTRY)
                .list();
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
}
