package holdfast.process;

import java.time.Duration;
import java.util.function.Supplier;

/// Gives memory back when the server has fallen silent, and room to one that computes much.
///
/// A sign-in (Argon2id), a sync or an export leaves tens of megabytes of garbage, and the serial collector runs only when
/// the heap is full: an idle server would keep them for ever. A collection stops the server for some 50 ms, so it waits
/// for a quiet moment, and runs three times in each quiet time: soon, and twice when soft references have grown old. The
/// collector tells their age by the time of the collection before, so the second makes them old and the third drops them.
///
/// The same small heap makes the collector run hundreds of times a second under load. Once in each busy time the heap may
/// grow; the next quiet one takes it back.
public final class IdleMemory {
    private static final Duration QUIET = Duration.ofMillis(500); // of processor time between looks
    private static final Duration BUSY = Duration.ofSeconds(3); // likewise
    private static final int SOON = 1; // quiet looks
    private static final int OLD = 7;
    private static final int DROPPED = 8;

    private final Supplier<Duration> processor;
    private final Heap heap;
    private Duration last = Duration.ZERO;
    private int quiet;
    private boolean roomy;

    /// What a process can do about its heap. Both stop it for some 50 ms.
    interface Heap {
        /// Makes room for much that is young.
        void grow();

        /// Collects, and gives back what is not needed.
        void shrink();
    }

    /// @param processor time this process has computed so far
    IdleMemory(Supplier<Duration> processor, Heap heap) {
        this.processor = processor;
        this.heap = heap;
    }

    public static IdleMemory ofThisProcess() {
        var own = ProcessHandle.current();
        return new IdleMemory(
                () -> own.info().totalCpuDuration().orElse(Duration.ZERO), new SerialHeap());
    }

    /// To be called every ten seconds or so, by one thread.
    public void look() {
        var now = processor.get();
        var computed = now.minus(last);
        last = now;
        quiet = computed.compareTo(QUIET) > 0 ? 0 : quiet + 1;
        if (computed.compareTo(BUSY) > 0 && !roomy) {
            roomy = true;
            heap.grow();
        }
        if (quiet == SOON || quiet == OLD || quiet == DROPPED) {
            roomy = false;
            heap.shrink();
        }
    }
}
