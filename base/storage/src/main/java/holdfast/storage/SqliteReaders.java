package holdfast.storage;

import holdfast.kernel.Problem;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// A bounded pool of read connections, opened when first needed. The one used last is used next.
final class SqliteReaders implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Jdbi jdbi;
    private final int size;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<Handle> idle = new ConcurrentLinkedDeque<>();

    SqliteReaders(Jdbi jdbi, int size) {
        this.jdbi = jdbi;
        this.size = size;
        this.free = new Semaphore(size);
    }

    <T extends @Nullable Object> T read(Function<Handle, T> work) {
        if (!acquired(1)) {
            throw Problem.UNAVAILABLE.because("too many reads at once");
        }
        try {
            return onSnapshot(work);
        } catch (RuntimeException failure) {
            throw Failures.translated(failure);
        } finally {
            free.release();
        }
    }

    /// {@return how many connections work now}
    int working() {
        return size - free.availablePermits();
    }

    /// Waits for reads that run, then closes the connections.
    @Override
    public void close() {
        acquired(size);
        for (var handle = idle.poll(); handle != null; handle = idle.poll()) {
            handle.close();
        }
    }

    private <T extends @Nullable Object> T onSnapshot(Function<Handle, T> work) {
        var pooled = idle.pollFirst();
        var handle = pooled == null ? jdbi.open() : pooled;
        boolean usable = false;
        try {
            run(handle, "BEGIN");
            try {
                return work.apply(handle);
            } finally {
                run(handle, "ROLLBACK"); // a read has nothing to keep
                usable = true;
            }
        } finally {
            if (usable) {
                idle.addFirst(handle);
            } else {
                handle.close();
            }
        }
    }

    private static void run(Handle handle, String sql) {
        try (var statement = Direct.on(handle, sql)) {
            statement.execute();
        }
    }

    private boolean acquired(int permits) {
        try {
            return free.tryAcquire(permits, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
