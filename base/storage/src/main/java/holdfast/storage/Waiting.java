package holdfast.storage;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One write on its way through a group. The writer's thread fills it; the thread that made it waits for it.
final class Waiting<T extends @Nullable Object> {
    private final Function<Handle, T> work;
    private final Thread caller = Thread.currentThread();
    private @Nullable T result;
    private @Nullable Throwable refusal;
    private volatile boolean over; // written last, read first

    Waiting(Function<Handle, T> work) {
        this.work = work;
    }

    void run(Handle tx) {
        result = work.apply(tx);
    }

    /// It rolled back alone; it is told when the group is over.
    void refuse(Throwable reason) {
        refusal = reason;
    }

    /// The group is durable.
    void done() {
        over = true;
        LockSupport.unpark(caller);
    }

    void fail(Throwable reason) {
        refusal = reason;
        done();
    }

    /// Waits, whatever interrupts: a write that was accepted has an outcome, and the caller must know it.
    @SuppressWarnings("NullAway") // null only when T says so
    T answer() {
        boolean interrupted = false;
        while (!over) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (refusal instanceof Error error) {
            throw error;
        }
        if (refusal != null) {
            throw Failures.translated(refusal);
        }
        return result;
    }
}
