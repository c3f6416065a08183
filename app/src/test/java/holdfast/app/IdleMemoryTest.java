package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// When memory is given back.
final class IdleMemoryTest {
    private final AtomicInteger collections = new AtomicInteger();
    private Duration computed = Duration.ofSeconds(2);
    private final IdleMemory memory = new IdleMemory(() -> computed, collections::incrementAndGet);

    @Test
    void a_busy_server_is_never_stopped() {
        for (int i = 0; i < 100; i++) {
            work();
        }
        assertThat(collections).hasValue(0);
    }

    @Test
    void a_quiet_time_gives_memory_back_twice_and_no_more() {
        work();
        rest(100);
        assertThat(collections).hasValue(2);
    }

    @Test
    void each_quiet_time_begins_anew() {
        for (int i = 0; i < 3; i++) {
            work();
            rest(1);
        }
        assertThat(collections).hasValue(3);
    }

    private void work() {
        computed = computed.plusSeconds(1);
        memory.look();
    }

    private void rest(int looks) {
        for (int i = 0; i < looks; i++) {
            computed = computed.plusMillis(20);
            memory.look();
        }
    }
}
