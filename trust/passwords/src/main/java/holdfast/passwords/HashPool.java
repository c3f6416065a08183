package holdfast.passwords;

import holdfast.kernel.Problem;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A few platform threads on which passwords are hashed, so that many sign-ins take neither all processors nor all memory.
public final class HashPool implements AutoCloseable {
    private static final int WAITING = 64;

    private final ThreadPoolExecutor threads;

    public HashPool(int size) {
        threads =
                new ThreadPoolExecutor(
                        size,
                        size,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        Thread.ofPlatform().daemon().name("password-hash-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// Runs `work` there and waits for it.
    ///
    /// @throws holdfast.kernel.Refusal UNAVAILABLE when too many wait already
    public <T> T run(Supplier<T> work) {
        try {
            return threads.submit(work::get).get();
        } catch (RejectedExecutionException _) {
            throw Problem.UNAVAILABLE.because("too many sign-ins at once, try again in a moment");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Problem.UNAVAILABLE.because("the server is stopping");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
