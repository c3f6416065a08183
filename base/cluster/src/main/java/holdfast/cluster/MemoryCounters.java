package holdfast.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import holdfast.kernel.Micros;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;

/// Counters of one node. Bounded: the least used vanish first, idle ones after a day, the longest window there may be.
final class MemoryCounters implements Counters {
    private static final long MAX_KEYS = 100_000;
    private static final Duration IDLE = Duration.ofDays(1);

    private final InstantSource clock;
    private final Cache<String, Window> windows =
            Caffeine.newBuilder().maximumSize(MAX_KEYS).expireAfterAccess(IDLE).build();
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MAX_KEYS).expireAfterAccess(IDLE).build();

    MemoryCounters(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Verdict slidingWindow(String key, long limit, Duration window) {
        return windows.get(key, _ -> new Window()).count(clock.millis(), limit, window);
    }

    @Override
    public Verdict tokenBucket(String key, long burst, Duration refill) {
        return buckets.get(key, _ -> new Bucket()).take(micros(), burst, refill);
    }

    @Override
    public Verdict look(String key, long burst, Duration refill) {
        var bucket = buckets.getIfPresent(key);
        return bucket == null
                ? new Verdict(true, burst, burst, Duration.ZERO)
                : bucket.look(micros(), burst, refill);
    }

    private long micros() {
        return Micros.of(clock.instant());
    }

    /// The times of the uses inside the window, oldest first; never more than the limit.
    private static final class Window {
        private final ArrayDeque<Long> uses = new ArrayDeque<>();

        synchronized Verdict count(long now, long limit, Duration window) {
            while (!uses.isEmpty() && uses.peekFirst() <= now - window.toMillis()) {
                uses.removeFirst();
            }
            boolean allowed = uses.size() < limit;
            if (allowed) {
                uses.addLast(now);
            }
            long oldest = uses.isEmpty() ? now : uses.getFirst();
            var reset = Duration.ofMillis(Math.max(0, oldest + window.toMillis() - now));
            return new Verdict(allowed, limit, limit - uses.size(), reset);
        }
    }

    /// The time up to which tokens are spent: a bucket without a counter (generic cell rate).
    private static final class Bucket {
        private long spentUntil; // µs since the epoch

        synchronized Verdict take(long now, long burst, Duration refill) {
            var verdict = look(now, burst, refill);
            if (!verdict.allowed()) {
                return verdict;
            }
            spentUntil = Math.max(now, spentUntil) + step(refill);
            long used = Math.ceilDiv(spentUntil - now, step(refill));
            return new Verdict(
                    true,
                    burst,
                    Math.max(0, burst - used),
                    Duration.ofNanos((spentUntil - now) * 1000));
        }

        synchronized Verdict look(long now, long burst, Duration refill) {
            long step = step(refill);
            long next = Math.max(now, spentUntil) + step;
            boolean allowed = next - now <= burst * step;
            long used = Math.ceilDiv(Math.max(0, spentUntil - now), step);
            long wait = allowed ? Math.max(0, spentUntil - now) : next - now - burst * step;
            return new Verdict(
                    allowed, burst, Math.max(0, burst - used), Duration.ofNanos(wait * 1000));
        }

        private static long step(Duration refill) {
            return Math.max(1, refill.toNanos() / 1000);
        }
    }
}
