package holdfast.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RetryTest {
    private final Retry retry = new Retry(Duration.ofSeconds(10), Duration.ofMinutes(10), 4);

    @Test
    void each_pause_is_twice_the_one_before_up_to_the_longest_less_a_random_quarter_at_most() {
        for (int failures = 1; failures < 100; failures++) {
            long whole = Math.min(600_000, 10_000L << Math.min(failures - 1, 10));

            assertThat(retry.after(failures).toMillis())
                    .as("after %d failures", failures)
                    .isBetween(whole * 3 / 4 - 1, whole);
        }
    }

    @Test
    void nodes_that_fail_together_do_not_come_back_together() {
        assertThat(IntStream.range(0, 50).mapToObj(_ -> retry.after(3)).distinct().count())
                .isGreaterThan(40);
    }

    @Test
    void one_failure_is_told_of_after_the_limit() {
        assertThat(IntStream.range(1, 50).filter(retry::isLast)).containsExactly(5);
    }
}
