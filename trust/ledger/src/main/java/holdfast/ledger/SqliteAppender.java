package holdfast.ledger;

import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import holdfast.storage.WriterMemory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.UnableToProduceResultException;
import org.jspecify.annotations.Nullable;

/// Numbers events as they are appended: the one writer of SQLite sees every one before.
///
/// The newest rows are the state; what is remembered of them is read again after anything was rolled back. Statements are
/// prepared once for each connection of the writer: this is the path of every single read of a secret.
final class SqliteAppender implements Appender {
    private static final int TENANTS = 1_000; // whose newest number is remembered

    private final Leaf leaf;
    private final InstantSource clock;
    private final WriterMemory memory = new WriterMemory();
    private volatile @Nullable Prepared last;

    SqliteAppender(Leaf leaf, InstantSource clock) {
        this.leaf = leaf;
        this.clock = clock;
    }

    @Override
    public void append(Handle tx, Draft draft) {
        try {
            var prepared = on(tx.getConnection());
            if (memory.isLost(tx)) {
                prepared.forget();
            }
            prepared.append(draft, Micros.of(clock.instant()), leaf);
        } catch (SQLException e) {
            throw new UnableToProduceResultException(
                    e); // the storage room knows what to make of it
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same connection, not one that looks like it
    private Prepared on(Connection connection) throws SQLException {
        var known = last;
        if (known == null || known.connection != connection) {
            known = new Prepared(connection);
            last = known;
        }
        return known;
    }

    /// The three statements of one connection. They end with it.
    private static final class Prepared {
        private final Connection connection;
        private final PreparedStatement newest;
        private final PreparedStatement newestOfTenant;
        private final PreparedStatement insert;
        private final Map<TenantId, Long> sequences = new HashMap<>(); // the newest of each tenant
        private EventStore.@Nullable Head head;

        Prepared(Connection connection) throws SQLException {
            this.connection = connection;
            this.newest =
                    connection.prepareStatement(
                            "SELECT idx, time FROM ledger_event ORDER BY idx DESC LIMIT 1");
            this.newestOfTenant =
                    connection.prepareStatement(
                            """
                            SELECT sequence FROM ledger_event
                             WHERE tenant_id = ? ORDER BY sequence DESC LIMIT 1
                            """);
            this.insert =
                    connection.prepareStatement(
                            """
                            INSERT INTO ledger_event
                                   (idx, tenant_id, sequence, time, actor, actor_kind, actor_name, address, request,
                                    action, resource, outcome, severity, body, salt, leaf_hash)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """);
        }

        void append(Draft draft, long now, Leaf leaf) throws SQLException {
            var before = head == null ? head() : head;
            long index = before.size();
            long time = Math.max(now, before.time());
            var tenant = draft.tenant().toString();
            var known = sequences.get(draft.tenant());
            long sequence = (known == null ? newest(tenant) : known) + 1;
            var salt = leaf.newSalt();
            insert.setLong(1, index);
            insert.setString(2, tenant);
            insert.setLong(3, sequence);
            insert.setLong(4, time);
            insert.setString(5, draft.actor().toString());
            insert.setString(6, draft.actorKind());
            insert.setString(7, draft.actorName());
            insert.setString(8, draft.address());
            insert.setString(9, draft.request().toString());
            insert.setString(10, draft.action());
            insert.setString(11, draft.resource());
            insert.setString(12, draft.outcome());
            insert.setString(13, draft.severity());
            insert.setString(14, draft.body());
            insert.setBytes(15, salt);
            insert.setBytes(16, leaf.hash(salt, Leaf.record(draft, sequence, time)));
            insert.executeUpdate();
            head = new EventStore.Head(index + 1, time);
            if (sequences.size() >= TENANTS) {
                sequences.clear();
            }
            sequences.put(draft.tenant(), sequence);
        }

        private EventStore.Head head() throws SQLException {
            try (var row = newest.executeQuery()) {
                return row.next()
                        ? new EventStore.Head(row.getLong(1) + 1, row.getLong(2))
                        : new EventStore.Head(0, 0);
            }
        }

        private long newest(String tenant) throws SQLException {
            newestOfTenant.setString(1, tenant);
            try (var row = newestOfTenant.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }

        void forget() {
            head = null;
            sequences.clear();
        }
    }
}
