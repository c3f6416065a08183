package holdfast.storage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One write on its way through a group. The writer's thread fills it, its caller waits for it.
final class Waiting<T extends @Nullable Object> {
    private final Function<Handle, T> work;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable Throwable refusal;

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
        if (refusal == null) {
            ready.complete(true);
        } else {
            fail(refusal);
        }
    }

    void fail(Throwable reason) {
        ready.completeExceptionally(reason);
    }

    /// Waits, whatever interrupts: a write that was accepted has an outcome, and the caller must know it.
    @SuppressWarnings("NullAway") // null only when T says so
    T answer() {
        try {
            ready.join();
            return result;
        } catch (CompletionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw Failures.translated(cause);
        }
    }
}
