package holdfast.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for a condition, never for a length of time.
public final class Await {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final long STEP = Duration.ofMillis(5).toNanos();

    private Await() {}

    /// Returns as soon as `condition` holds; fails the test after 20 seconds.
    public static void until(String what, Callable<Boolean> condition) {
        value(what, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /// {@return the first value that `source` has to give}
    public static <T> T value(String what, Callable<Optional<T>> source) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            try {
                var found = source.call();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (Exception e) {
                throw new AssertionError("failed while waiting: " + what, e);
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain: " + what);
            }
            LockSupport.parkNanos(STEP);
        }
    }
}
