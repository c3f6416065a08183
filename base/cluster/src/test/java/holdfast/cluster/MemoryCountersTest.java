package holdfast.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What counters promise.
class MemoryCountersTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final MemoryCounters counters = new MemoryCounters(now::get);

    @Test
    void a_sliding_window_allows_its_limit_and_then_waits_for_the_oldest_use() {
        assertThat(uses(5, 5)).isEqualTo(5);
        assertThat(uses(1, 5)).isZero();

        pass(Duration.ofSeconds(59));
        assertThat(uses(1, 5)).isZero();
        pass(Duration.ofSeconds(1));
        assertThat(uses(9, 5)).isEqualTo(5);
    }

    @Test
    void a_refused_use_is_told_when_to_come_back() {
        uses(5, 5);
        pass(Duration.ofSeconds(20));

        assertThat(counters.slidingWindow("ada", 5, Duration.ofMinutes(1)).reset())
                .isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void a_bucket_allows_a_burst_and_then_one_use_for_each_token_that_comes_back() {
        var second = Duration.ofSeconds(1);
        assertThat(
                        IntStream.range(0, 20)
                                .filter(_ -> counters.tokenBucket("ada", 10, second).allowed())
                                .count())
                .isEqualTo(10);

        pass(Duration.ofSeconds(3));
        assertThat(
                        IntStream.range(0, 20)
                                .filter(_ -> counters.tokenBucket("ada", 10, second).allowed())
                                .count())
                .isEqualTo(3);
    }

    @Test
    void a_look_takes_no_token_and_says_what_the_next_use_would() {
        var second = Duration.ofSeconds(1);
        for (int i = 0; i < 10; i++) {
            assertThat(counters.look("ada", 10, second).allowed()).isTrue();
            assertThat(counters.look("ada", 10, second).remaining()).isEqualTo(10 - i);
            counters.tokenBucket("ada", 10, second);
        }

        assertThat(counters.look("ada", 10, second).allowed()).isFalse();
        assertThat(counters.look("ada", 10, second).reset()).isEqualTo(second);
        pass(second);
        assertThat(counters.look("ada", 10, second).allowed()).isTrue();
    }

    @Test
    void keys_do_not_share_their_uses() {
        uses(5, 5);

        assertThat(counters.slidingWindow("grace", 5, Duration.ofMinutes(1)).allowed()).isTrue();
    }

    private long uses(int tries, long limit) {
        return IntStream.range(0, tries)
                .filter(_ -> counters.slidingWindow("ada", limit, Duration.ofMinutes(1)).allowed())
                .count();
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
