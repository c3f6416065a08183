package holdfast.cluster;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// When a failed run is tried again: soon at first, then ever later, each time a little earlier or later than others.
///
/// @param first   the pause after the first failure
/// @param longest the pause never exceeds it
/// @param limit   tries again before the failure is made known
record Retry(Duration first, Duration longest, int limit) {
    static final Retry USUAL = new Retry(Duration.ofSeconds(10), Duration.ofMinutes(10), 4);

    private static final int DOUBLINGS =
            20; // more would overflow, and is longer than `longest` anyway

    /// {@return the pause after so many failures in a row, of which a random quarter is left out}
    ///
    /// @param failures from 1
    Duration after(int failures) {
        var whole = first.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        var bounded = whole.compareTo(longest) < 0 ? whole : longest;
        long nanos = Math.max(4, bounded.toNanos());
        return Duration.ofNanos(nanos - ThreadLocalRandom.current().nextLong(nanos / 4));
    }

    /// {@return whether this failure is the one to tell of}
    boolean isLast(int failures) {
        return failures == limit + 1;
    }
}
