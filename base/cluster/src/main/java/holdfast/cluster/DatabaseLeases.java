package holdfast.cluster;

import holdfast.kernel.Problem;
import holdfast.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Leases in the main database, so that their fencing tokens guard what is written beside them.
final class DatabaseLeases implements Leases {
    private final Database database;
    private final LeaseStore store = new LeaseStore();
    private final InstantSource clock;
    private final String node;

    /// @param node names this process, for the eyes of an operator
    DatabaseLeases(Database database, InstantSource clock, String node) {
        this.database = database;
        this.clock = clock;
        this.node = node;
    }

    @Override
    public Optional<Lease> take(String name, Duration length) {
        var now = clock.instant();
        return database.<Optional<Long>>writePlatform(
                        tx -> store.take(tx, name, node, now, now.plus(length)))
                .map(token -> new Held(name, token));
    }

    private final class Held implements Lease {
        private final String name;
        private final long token;

        Held(String name, long token) {
            this.name = name;
            this.token = token;
        }

        @Override
        public long fencingToken() {
            return token;
        }

        @Override
        public void requireHeld(Handle tx) {
            if (!store.isToken(tx, name, token)) {
                throw Problem.CONFLICT.because(
                        "somebody else has taken over: this run must not write any more");
            }
        }

        @Override
        public boolean renew(Duration length) {
            return until(clock.instant().plus(length));
        }

        @Override
        public void close() {
            until(Instant.EPOCH);
        }

        private boolean until(Instant expires) {
            return database.<Boolean>writePlatform(tx -> store.extend(tx, name, token, expires));
        }
    }
}
