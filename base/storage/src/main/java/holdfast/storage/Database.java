package holdfast.storage;

import holdfast.kernel.TenantId;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// The one door to SQLite or PostgreSQL. Safe to call from many threads.
///
/// The tenant named here sets PostgreSQL's row-level security; every statement names it as well.
public interface Database extends AutoCloseable {
    /// Runs `work` on a read connection; what it sees is one snapshot. Never kept open while bytes go to a socket.
    ///
    /// @throws holdfast.kernel.Refusal UNAVAILABLE when no connection can be had
    <T extends @org.jspecify.annotations.Nullable Object> T read(
            TenantId tenant, Function<Handle, T> work);

    /// Runs `work` in a transaction and returns when it is durable; rolls back when it throws.
    ///
    /// On SQLite `work` runs on the only writer thread: no network, no cryptography, no waiting in it.
    /// On PostgreSQL it may run again after a serialisation failure: no effect except through the handle.
    ///
    /// @throws holdfast.kernel.Refusal STORAGE_FULL, UNAVAILABLE; whatever `work` throws
    <T extends @org.jspecify.annotations.Nullable Object> T write(
            TenantId tenant, Function<Handle, T> work);

    /// As [#read] for what belongs to no tenant (users, nodes, platform events) or spans all of them.
    default <T extends @org.jspecify.annotations.Nullable Object> T readPlatform(
            Function<Handle, T> work) {
        return read(TenantId.PLATFORM, work);
    }

    /// As [#write] for what belongs to no tenant.
    default <T extends @org.jspecify.annotations.Nullable Object> T writePlatform(
            Function<Handle, T> work) {
        return write(TenantId.PLATFORM, work);
    }

    Engine engine();

    /// Finishes accepted writes, then closes every connection.
    @Override
    void close();

    /// Which database stands behind the door.
    enum Engine {
        SQLITE,
        POSTGRESQL
    }
}
