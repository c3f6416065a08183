package holdfast.app;

import java.time.Duration;
import java.util.function.Supplier;

/// Gives memory back when the server has fallen silent.
///
/// A sign-in (Argon2id), a sync or an export leaves tens of megabytes of garbage, and the serial collector runs only when
/// the heap is full: an idle server would keep them for ever. A collection stops the server for some 50 ms, so it waits
/// for a quiet moment, and runs twice in each quiet time: soon, and once more when soft references have grown old.
final class IdleMemory {
    private static final Duration QUIET = Duration.ofMillis(500); // of processor time between looks
    private static final int SOON = 1; // quiet looks
    private static final int ONCE_MORE = 7;

    private final Supplier<Duration> processor;
    private final Runnable collect;
    private Duration last = Duration.ZERO;
    private int quiet;

    /// @param processor time this process has computed so far
    IdleMemory(Supplier<Duration> processor, Runnable collect) {
        this.processor = processor;
        this.collect = collect;
    }

    static IdleMemory ofThisProcess() {
        var own = ProcessHandle.current();
        return new IdleMemory(
                () -> own.info().totalCpuDuration().orElse(Duration.ZERO), System::gc);
    }

    /// To be called every ten seconds or so, by one thread.
    void look() {
        var now = processor.get();
        quiet = now.minus(last).compareTo(QUIET) > 0 ? 0 : quiet + 1;
        last = now;
        if (quiet == SOON || quiet == ONCE_MORE) {
            collect.run();
        }
    }
}
