package holdfast.storage;

import holdfast.kernel.TenantId;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The one door to SQLite or PostgreSQL. Safe to call from many threads.
///
/// The tenant named here sets PostgreSQL's row-level security; every statement names it as well.
public interface Database extends AutoCloseable {
    /// Runs `work` on a read connection; what it sees is one snapshot. Never kept open while bytes go to a socket.
    ///
    /// @throws holdfast.kernel.Refusal UNAVAILABLE when no connection can be had
    <T extends @Nullable Object> T read(TenantId tenant, Function<Handle, T> work);

    /// Runs `work` in a transaction and returns when it is durable; rolls back when it throws.
    ///
    /// On SQLite `work` runs on the only writer thread: no network, no cryptography, no waiting in it.
    /// It may run again: on SQLite when another write of its group was refused, on PostgreSQL after a serialisation
    /// failure. So no effect except through the handle.
    ///
    /// @throws holdfast.kernel.Refusal STORAGE_FULL, UNAVAILABLE, CONFLICT (a unique key), MALFORMED (a text that
    ///                                 PostgreSQL cannot hold); what `work` throws
    /// @throws StorageFailure when the engine fails otherwise
    <T extends @Nullable Object> T write(TenantId tenant, Function<Handle, T> work);

    /// As [#read] for what belongs to no tenant (users, nodes, platform events) or spans all of them.
    default <T extends @Nullable Object> T readPlatform(Function<Handle, T> work) {
        return read(TenantId.PLATFORM, work);
    }

    /// As [#write] for what belongs to no tenant.
    default <T extends @Nullable Object> T writePlatform(Function<Handle, T> work) {
        return write(TenantId.PLATFORM, work);
    }

    Engine engine();

    /// {@return what the door has done since it was opened}
    Figures figures();

    /// What takes longer is counted as slow.
    Duration SLOW = Duration.ofMillis(250);

    /// Finishes accepted writes, then closes every connection.
    @Override
    void close();

    /// Counters of one database, for metrics and tests.
    ///
    /// @param writes       writes that became durable
    /// @param refused      writes that rolled back
    /// @param groups       commits; on SQLite one commit carries many writes
    /// @param largestGroup writes in the largest commit so far
    /// @param waiting      writes that wait for the writer now
    /// @param retries      transactions run again after a serialisation failure
    /// @param writeNanos   nanoseconds between asking and answering, summed over all writes
    /// @param slow         reads and writes that took longer than [#SLOW], waiting included
    /// @param connections  that work now
    record Figures(
            long writes,
            long refused,
            long groups,
            long largestGroup,
            long waiting,
            long retries,
            long writeNanos,
            long slow,
            long connections) {}

    /// Which database stands behind the door.
    enum Engine {
        SQLITE,
        POSTGRESQL
    }
}
