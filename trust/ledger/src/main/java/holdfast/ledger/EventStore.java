package holdfast.ledger;

import holdfast.kernel.Bytes;
import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import holdfast.storage.Direct;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/// The rows of `ledger_event`.
final class EventStore {
    static final RowMapper<Entry> ENTRY = (row, _) -> entry(row);
    static final RowMapper<StoredEvent> STORED = (row, _) -> stored(row);

    Head head(Handle tx) {
        try (var query =
                Direct.on(tx, "SELECT idx, time FROM ledger_event ORDER BY idx DESC LIMIT 1")) {
            return query.first(row -> new Head(row.getLong(1) + 1, row.getLong(2)))
                    .orElse(new Head(0, 0));
        }
    }

    long newest(Handle tx, TenantId tenant) {
        return tx.createQuery(
                        """
                        SELECT sequence FROM ledger_event
                         WHERE tenant_id = :tenant ORDER BY sequence DESC LIMIT 1
                        """)
                .bind("tenant", tenant)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    List<Entry> after(Handle tx, TenantId tenant, long after, int limit) {
        return tx.createQuery(
                        """
                        SELECT sequence, time, actor, actor_kind, actor_name, address, request,
                               action, resource, outcome, severity, body
                          FROM ledger_event
                         WHERE tenant_id = :tenant AND sequence > :after
                         ORDER BY sequence
                         LIMIT :limit
                        """)
                .bind("tenant", tenant)
                .bind("after", after)
                .bind("limit", limit)
                .map(ENTRY)
                .list();
    }

    /// {@return rows of every tenant in the order of the tree}
    List<StoredEvent> from(Handle tx, long index, int limit) {
        return tx.createQuery(
                        """
                        SELECT idx, tenant_id, sequence, time, actor, actor_kind, actor_name, address, request,
                               action, resource, outcome, severity, body, salt, leaf_hash
                          FROM ledger_event
                         WHERE idx >= :index
                         ORDER BY idx
                         LIMIT :limit
                        """)
                .bind("index", index)
                .bind("limit", limit)
                .map(STORED)
                .list();
    }

    Optional<StoredEvent> stored(Handle tx, TenantId tenant, long sequence) {
        return tx.createQuery(
                        """
                        SELECT idx, tenant_id, sequence, time, actor, actor_kind, actor_name, address, request,
                               action, resource, outcome, severity, body, salt, leaf_hash
                          FROM ledger_event
                         WHERE tenant_id = :tenant AND sequence = :sequence
                        """)
                .bind("tenant", tenant)
                .bind("sequence", sequence)
                .map(STORED)
                .findOne();
    }

    /// {@return the smallest sequence number whose time is not before `time`; one above the newest when there is none}
    long firstSince(Handle tx, TenantId tenant, long time) {
        return first(tx, tenant, sequence -> time(tx, tenant, sequence) >= time);
    }

    /// {@return the tenant's smallest sequence number at or above the global index; one above the newest when there is none}
    long firstFrom(Handle tx, TenantId tenant, long index) {
        return first(tx, tenant, sequence -> index(tx, tenant, sequence) >= index);
    }

    /// A tenant's numbers, times, indexes grow together, and bodies go from the oldest on: a binary search.
    private long first(Handle tx, TenantId tenant, LongPredicate reached) {
        long low = 1;
        long high = newest(tx, tenant) + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (reached.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// {@return the tenant's smallest sequence number that still has its body; one above the newest when none has}
    long firstWhole(Handle tx, TenantId tenant) {
        return first(tx, tenant, sequence -> isWhole(tx, tenant, sequence));
    }

    /// {@return the time of the oldest event that has its body; empty while none has lost it}
    Optional<Instant> wholeSince(Handle tx, TenantId tenant) {
        long first = firstWhole(tx, tenant);
        long newest = newest(tx, tenant);
        return first == 1
                ? Optional.empty()
                : Optional.of(Micros.toInstant(time(tx, tenant, Math.min(first, newest))));
    }

    int forget(Handle tx, TenantId tenant, long from, long end) {
        return tx.createUpdate(
                        """
                        UPDATE ledger_event SET body = NULL, salt = NULL
                         WHERE tenant_id = :tenant AND sequence >= :from AND sequence < :end AND salt IS NOT NULL
                        """)
                .bind("tenant", tenant)
                .bind("from", from)
                .bind("end", end)
                .execute();
    }

    PreparedBatch insert(Handle tx) {
        return tx.prepareBatch(
                """
                INSERT INTO ledger_event
                       (idx, tenant_id, sequence, time, actor, actor_kind, actor_name, address, request,
                        action, resource, outcome, severity, body, salt, leaf_hash)
                VALUES (:idx, :tenant, :sequence, :time, :actor, :actorKind, :actorName, :address, :request,
                        :action, :resource, :outcome, :severity, :body, :salt, :leafHash)
                """);
    }

    static <S extends SqlStatement<S>> S bind(S statement, Draft draft) {
        return statement
                .bind("tenant", draft.tenant())
                .bind("actor", draft.actor())
                .bind("actorKind", draft.actorKind())
                .bind("actorName", draft.actorName())
                .bind("address", draft.address())
                .bind("request", draft.request())
                .bind("action", draft.action())
                .bind("resource", draft.resource())
                .bind("outcome", draft.outcome())
                .bind("severity", draft.severity())
                .bind("body", draft.body());
    }

    static Draft draft(ResultSet row) throws SQLException {
        return new Draft(
                new TenantId(UUID.fromString(row.getString("tenant_id"))),
                UUID.fromString(row.getString("actor")),
                row.getString("actor_kind"),
                row.getString("actor_name"),
                row.getString("address"),
                UUID.fromString(row.getString("request")),
                row.getString("action"),
                row.getString("resource"),
                row.getString("outcome"),
                row.getString("severity"),
                body(row));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("sequence"),
                Micros.toInstant(row.getLong("time")),
                UUID.fromString(row.getString("actor")),
                row.getString("actor_kind"),
                row.getString("actor_name"),
                row.getString("address"),
                UUID.fromString(row.getString("request")),
                row.getString("action"),
                row.getString("resource"),
                Event.Outcome.valueOf(row.getString("outcome")),
                Event.Severity.valueOf(row.getString("severity")),
                body(row),
                row.getString("body") == null);
    }

    private static StoredEvent stored(ResultSet row) throws SQLException {
        var salt = row.getBytes("salt");
        return new StoredEvent(
                row.getLong("idx"),
                draft(row),
                row.getLong("sequence"),
                row.getLong("time"),
                salt == null ? Optional.empty() : Optional.of(Bytes.owning(salt)),
                Bytes.owning(row.getBytes("leaf_hash")));
    }

    /// After its retention an event has no body.
    private static String body(ResultSet row) throws SQLException {
        var body = row.getString("body");
        return body == null ? "{}" : body;
    }

    private static long time(Handle tx, TenantId tenant, long sequence) {
        return tx.createQuery(
                        "SELECT time FROM ledger_event WHERE tenant_id = :tenant AND sequence ="
                                + " :sequence")
                .bind("tenant", tenant)
                .bind("sequence", sequence)
                .mapTo(Long.class)
                .one();
    }

    private static boolean isWhole(Handle tx, TenantId tenant, long sequence) {
        return tx.createQuery(
                        """
                        SELECT 1 FROM ledger_event
                         WHERE tenant_id = :tenant AND sequence = :sequence AND salt IS NOT NULL
                        """)
                .bind("tenant", tenant)
                .bind("sequence", sequence)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static long index(Handle tx, TenantId tenant, long sequence) {
        return tx.createQuery(
                        "SELECT idx FROM ledger_event WHERE tenant_id = :tenant AND sequence ="
                                + " :sequence")
                .bind("tenant", tenant)
                .bind("sequence", sequence)
                .mapTo(Long.class)
                .one();
    }

    /// The end of the ledger.
    ///
    /// @param size how many events there are
    /// @param time of the newest, in microseconds since the epoch
    record Head(long size, long time) {}
}
