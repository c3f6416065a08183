package holdfast.cluster;

import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Hands out leases: at most one holder of a name at a time, on every node together.
public interface Leases {
    /// Takes the lease on `name`, or nothing while somebody else holds it.
    ///
    /// @param length how long it lasts unless renewed
    Optional<Lease> take(String name, Duration length);

    /// A lease held. Closing gives it back early.
    interface Lease extends AutoCloseable {
        /// {@return a number that grows with every holder of this name; what a run changes is guarded by it}
        long fencingToken();

        /// Refuses the caller's transaction when somebody else took the lease since: a holder that was paused writes nothing.
        ///
        /// @throws holdfast.kernel.Refusal CONFLICT
        void requireHeld(Handle tx);

        /// Extends the lease.
        ///
        /// @return false when it was lost in the meantime: stop at once
        boolean renew(Duration length);

        @Override
        void close();
    }
}
