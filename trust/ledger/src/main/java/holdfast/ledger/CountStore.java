package holdfast.ledger;

import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// Counts events: `ledger_count` keeps whole hours up to a cursor, what is newer or cuts an hour is counted from the events.
///
/// So the answer is always that of a scan, however far behind the cursor is.
final class CountStore {
    /// Name of the cursor in `ledger_cursor`.
    static final String CURSOR = "statistics";

    private static final int BATCH = 500; // events in one transaction
    private static final long HOUR = Duration.ofHours(1).toMillis() * 1_000; // µs
    private static final RowMapper<Tally> TALLY =
            (row, _) ->
                    new Tally(
                            Micros.toInstant(row.getLong("start") * HOUR),
                            row.getString("action"),
                            row.getString("actor_name"),
                            Event.Outcome.valueOf(row.getString("outcome")),
                            row.getLong("many"));

    private static final String KEPT =
            """
            SELECT hour AS start, action, actor_name, outcome, sum(events) AS many
              FROM ledger_count
             WHERE tenant_id = :tenant AND hour >= :from AND hour < :end
            """;
    private static final String KEPT_BY = " GROUP BY hour, action, actor_name, outcome";
    private static final String SCANNED =
            """
            SELECT time / :hour AS start, action, actor_name, outcome, count(*) AS many
              FROM ledger_event
             WHERE tenant_id = :tenant AND sequence >= :from AND sequence < :end
            """;
    private static final String SCANNED_BY = " GROUP BY 1, action, actor_name, outcome";

    private final EventStore events;
    private final CursorStore cursors;

    CountStore(EventStore events, CursorStore cursors) {
        this.events = events;
        this.cursors = cursors;
    }

    /// Counts the next events and keeps how far it came, in the same transaction: no event is counted twice or lost.
    ///
    /// @return how many events were counted, 0 at the end of the ledger
    int count(Handle tx) {
        long next = cursors.position(tx, CURSOR);
        long end = Math.min(events.head(tx).size(), next + BATCH);
        if (end <= next) {
            return 0;
        }
        tx.createUpdate(
                        """
                        INSERT INTO ledger_count (tenant_id, hour, action, actor, actor_name, outcome, severity, events)
                        SELECT tenant_id, time / :hour, action, actor, actor_name, outcome, severity, count(*)
                          FROM ledger_event
                         WHERE idx >= :next AND idx < :end
                         GROUP BY 1, 2, 3, 4, 5, 6, 7
                            ON CONFLICT (tenant_id, hour, action, actor, actor_name, outcome, severity)
                            DO UPDATE SET events = ledger_count.events + excluded.events
                        """)
                .bind("hour", HOUR)
                .bind("next", next)
                .bind("end", end)
                .execute();
        cursors.keep(tx, CURSOR, end);
        return (int) (end - next);
    }

    /// {@return how many events match, in groups that may come in several parts}
    List<Tally> tallies(Handle tx, TenantId tenant, Search search) {
        var conditions = Conditions.of(search);
        long from = search.from().map(time -> since(tx, tenant, time)).orElse(1L);
        long end =
                search.to()
                        .map(time -> since(tx, tenant, time))
                        .orElseGet(() -> events.newest(tx, tenant) + 1);
        var hours = Hours.within(search);
        boolean countable = search.resource().isEmpty() && search.text().isEmpty();
        if (!countable || hours.from() >= hours.end()) {
            return scanned(tx, tenant, conditions, from, end);
        }
        long counted = events.firstFrom(tx, tenant, cursors.position(tx, CURSOR));
        long first = hours.isOpen() ? from : events.firstSince(tx, tenant, hours.from() * HOUR);
        long last =
                hours.end() == Hours.FOR_EVER
                        ? end
                        : events.firstSince(tx, tenant, hours.end() * HOUR);
        var all = new ArrayList<>(scanned(tx, tenant, conditions, from, first));
        all.addAll(kept(tx, tenant, conditions, hours));
        all.addAll(scanned(tx, tenant, conditions, Math.max(first, counted), last));
        all.addAll(scanned(tx, tenant, conditions, last, end));
        return all;
    }

    private long since(Handle tx, TenantId tenant, Instant time) {
        return events.firstSince(tx, tenant, Micros.of(time));
    }

    private static List<Tally> kept(
            Handle tx, TenantId tenant, Conditions conditions, Hours hours) {
        return tx.createQuery(KEPT + conditions.sql() + KEPT_BY)
                .bind("tenant", tenant)
                .bind("from", hours.from())
                .bind("end", hours.end())
                .bindMap(conditions.values())
                .map(TALLY)
                .list();
    }

    private static List<Tally> scanned(
            Handle tx, TenantId tenant, Conditions conditions, long from, long end) {
        if (from >= end) {
            return List.of();
        }
        return tx.createQuery(SCANNED + conditions.sql() + SCANNED_BY)
                .bind("hour", HOUR)
                .bind("tenant", tenant)
                .bind("from", from)
                .bind("end", end)
                .bindMap(conditions.values())
                .map(TALLY)
                .list();
    }

    /// The whole hours inside a search, counted from the epoch.
    private record Hours(long from, long end) {
        static final long FOR_EVER = Long.MAX_VALUE;

        static Hours within(Search search) {
            return new Hours(
                    search.from().map(from -> Math.ceilDiv(Micros.of(from), HOUR)).orElse(0L),
                    search.to().map(to -> Math.floorDiv(Micros.of(to), HOUR)).orElse(FOR_EVER));
        }

        boolean isOpen() {
            return from == 0;
        }
    }
}
