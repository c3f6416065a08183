package holdfast.ledger;

import holdfast.kernel.Ids;
import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// PostgreSQL's way into the ledger: events commit as pending, then one node at a time puts them in order.
///
/// Takes pending rows because they are there, never by `id >` the last: transactions commit out of order.
final class Sequencer implements Appender {
    private static final int BATCH = 500; // events in one transaction
    private static final long LOCK =
            0x6c6564676572L; // "ledger", an advisory lock held for one transaction

    private static final RowMapper<Pending> PENDING =
            (row, _) ->
                    new Pending(
                            row.getObject("id", UUID.class),
                            row.getLong("time"),
                            EventStore.draft(row));

    private final Database database;
    private final EventStore store;
    private final Leaf leaf;
    private final Ids ids;
    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();

    Sequencer(Database database, EventStore store, Leaf leaf, Ids ids, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.leaf = leaf;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void append(Handle tx, Draft draft) {
        EventStore.bind(
                        tx.createUpdate(
                                """
                                INSERT INTO ledger_pending
                                       (id, tenant_id, time, actor, actor_kind, actor_name, address, request,
                                        action, resource, outcome, severity, body)
                                VALUES (:id, :tenant, :time, :actor, :actorKind, :actorName, :address, :request,
                                        :action, :resource, :outcome, :severity, :body)
                                """),
                        draft)
                .bind("id", nextId())
                .bind("time", Micros.of(clock.instant()))
                .execute();
    }

    /// {@return an id above every earlier one of this node, so that one transaction's events keep their order}
    private UUID nextId() {
        long now = Micros.of(clock.instant()) << 10;
        long high = last.updateAndGet(before -> Math.max(before + 1, now));
        return new UUID(high, ids.next().getLeastSignificantBits());
    }

    /// Puts everything that is pending in order; leaves it to another node that is at it.
    ///
    /// @return how many events got their place
    int run() {
        int all = 0;
        for (int some = BATCH; some == BATCH; all += some) {
            some = database.writePlatform(this::runBatch);
        }
        return all;
    }

    private int runBatch(Handle tx) {
        boolean mine =
                tx.createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
                        .bind("lock", LOCK)
                        .mapTo(Boolean.class)
                        .one();
        return mine ? place(tx, taken(tx)) : 0;
    }

    private List<Pending> taken(Handle tx) {
        return tx.createQuery(
                        """
                        SELECT id, tenant_id, time, actor, actor_kind, actor_name, address, request,
                               action, resource, outcome, severity, body
                          FROM ledger_pending
                         ORDER BY id
                         LIMIT :limit
                        """)
                .bind("limit", BATCH)
                .map(PENDING)
                .list();
    }

    private int place(Handle tx, List<Pending> batch) {
        if (batch.isEmpty()) {
            return 0;
        }
        var head = store.head(tx);
        long index = head.size();
        long time = head.time();
        var sequences = new HashMap<TenantId, Long>();
        var insert = store.insert(tx);
        var delete = tx.prepareBatch("DELETE FROM ledger_pending WHERE id = :id");
        for (var pending : batch) {
            var draft = pending.draft();
            long sequence =
                    sequences.computeIfAbsent(draft.tenant(), tenant -> store.newest(tx, tenant))
                            + 1;
            sequences.put(draft.tenant(), sequence);
            time = Math.max(time, pending.time());
            var salt = leaf.newSalt();
            EventStore.bind(insert, draft)
                    .bind("idx", index++)
                    .bind("sequence", sequence)
                    .bind("time", time)
                    .bind("salt", salt)
                    .bind("leafHash", leaf.hash(salt, Leaf.record(draft, sequence, time)))
                    .add();
            delete.bind("id", pending.id()).add();
        }
        insert.execute();
        delete.execute();
        return batch.size();
    }

    private record Pending(UUID id, long time, Draft draft) {}
}
