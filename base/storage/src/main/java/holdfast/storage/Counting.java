package holdfast.storage;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Counts what a database does. Safe for many threads.
final class Counting {
    private final LongAdder writes = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder groups = new LongAdder();
    private final AtomicLong largest = new AtomicLong();
    private final LongAdder retries = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder slow = new LongAdder();

    /// @param size writes in the group, refused ones among them
    void committed(int size) {
        groups.increment();
        writes.add(size);
        largest.accumulateAndGet(size, Math::max);
    }

    /// One write of a group that still commits.
    void refused() {
        refused.increment();
        writes.decrement();
    }

    void lost(int size) {
        refused.add(size);
    }

    void retried() {
        retries.increment();
    }

    /// One write, refused ones too.
    void wrote(long nanoseconds) {
        nanos.add(nanoseconds);
        judge(nanoseconds);
    }

    void read(long nanoseconds) {
        judge(nanoseconds);
    }

    private void judge(long nanoseconds) {
        if (nanoseconds > Database.SLOW.toNanos()) {
            slow.increment();
        }
    }

    Database.Figures figures(int waiting, int connections) {
        return new Database.Figures(
                writes.sum(),
                refused.sum(),
                groups.sum(),
                largest.get(),
                waiting,
                retries.sum(),
                nanos.sum(),
                slow.sum(),
                connections);
    }
}
