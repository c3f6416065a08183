package holdfast.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// When memory is given back.
final class IdleMemoryTest {
    private final AtomicInteger collections = new AtomicInteger();
    private Duration computed = Duration.ofSeconds(2);
    private final AtomicInteger growths = new AtomicInteger();
    private final IdleMemory memory =
            new IdleMemory(
                    () -> computed,
                    new IdleMemory.Heap() {
                        @Override
                        public void grow() {
                            growths.incrementAndGet();
                        }

                        @Override
                        public void shrink() {
                            collections.incrementAndGet();
                        }
                    });

    @Test
    void a_busy_server_is_never_stopped() {
        for (int i = 0; i < 100; i++) {
            work();
        }
        assertThat(collections).hasValue(0);
    }

    @Test
    void a_quiet_time_gives_memory_back_three_times_and_no_more() {
        work();
        rest(100);
        assertThat(collections).hasValue(3);
    }

    @Test
    void each_quiet_time_begins_anew() {
        for (int i = 0; i < 3; i++) {
            work();
            rest(1);
        }
        assertThat(collections).hasValue(3);
    }

    @Test
    void a_server_under_load_gets_room_once_until_it_rests() {
        load(50);
        assertThat(growths).hasValue(1);

        work();
        load(50);
        assertThat(growths).hasValue(1);

        rest(1);
        load(50);
        assertThat(growths).hasValue(2);
    }

    private void load(int looks) {
        for (int i = 0; i < looks; i++) {
            computed = computed.plusSeconds(9);
            memory.look();
        }
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
