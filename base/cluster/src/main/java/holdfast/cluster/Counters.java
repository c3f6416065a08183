package holdfast.cluster;

import java.time.Duration;

/// Counts what is limited. Entries vanish by themselves; the number of entries is bounded.
public interface Counters {
    /// Counts one use of `key` in a sliding window.
    Verdict slidingWindow(String key, long limit, Duration window);

    /// Takes one token from the bucket of `key`.
    ///
    /// @param burst how many tokens fit
    /// @param refill how long one token takes to come back
    Verdict tokenBucket(String key, long burst, Duration refill);

    /// {@return what [#tokenBucket] would say, without taking a token}
    Verdict look(String key, long burst, Duration refill);

    /// What came of a count.
    ///
    /// @param allowed   whether the use may go on
    /// @param limit     uses per window
    /// @param remaining uses left in the window
    /// @param reset     how long until the next use is allowed, or until the window is empty again
    record Verdict(boolean allowed, long limit, long remaining, Duration reset) {}
}
