package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.cluster.Counters;
import holdfast.http.Access;
import holdfast.http.Observer;
import holdfast.http.Rate;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Principal;
import holdfast.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is answered once a limit is used up, over the wire.
class LimitsTest {
    private static final int LIMIT = 3;

    private final AtomicInteger handled = new AtomicInteger();
    private final List<String> limited = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        var routes =
                List.of(
                        route("/api/open", Access.PUBLIC, Rate.API),
                        route("/api/free", Access.PUBLIC, Rate.FREE),
                        route("/api/mine", Access.SIGNED_IN, Rate.API));
        server = TestServer.with(new TestServer.Watched(routes, 10, new Three(), new Listening()));
    }

    private Route route(String path, Access access, Rate rate) {
        return new Route(
                "GET", path, access, 0, rate, _ -> Response.json(handled.incrementAndGet()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_answer_tells_what_is_left_and_the_first_beyond_it_when_to_come_back()
            throws Exception {
        for (int left = LIMIT - 1; left >= 0; left--) {
            assertThat(server.get("/api/open"))
                    .startsWith("HTTP/1.1 200")
                    .contains(
                            "X-RateLimit-Limit: 3",
                            "X-RateLimit-Remaining: " + left,
                            "X-RateLimit-Reset: 20",
                            "RateLimit: limit=3, remaining=%d, reset=20".formatted(left));
        }

        assertThat(server.get("/api/open"))
                .startsWith("HTTP/1.1 429")
                .contains("\"too-many-requests\"", "Retry-After: 20", "wait 20 seconds");
        assertThat(handled).hasValue(LIMIT);
        assertThat(server.get("/api/free")).startsWith("HTTP/1.1 200").doesNotContain("RateLimit");
        Await.until("it is counted", () -> refused.equals(List.of("too-many-requests")));
    }

    @Test
    void each_principal_has_a_limit_of_its_own_and_using_it_up_is_told_once() throws Exception {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(mine("ada")).startsWith("HTTP/1.1 200");
        }
        assertThat(mine("ada")).startsWith("HTTP/1.1 429");
        assertThat(mine("ada")).startsWith("HTTP/1.1 429");

        assertThat(limited).containsExactly("ada /api/mine");
        assertThat(refused).isEmpty();
        assertThat(server.get("/api/open")).startsWith("HTTP/1.1 200");
    }

    @Test
    void an_address_that_has_used_up_its_limit_has_no_proof_looked_up() throws Exception {
        for (int i = 0; i <= LIMIT; i++) {
            server.get("/api/open");
        }
        int before = server.proved();

        assertThat(mine("guess")).startsWith("HTTP/1.1 429");

        assertThat(server.proved()).isEqualTo(before);
    }

    private String mine(String name) throws Exception {
        return server.get("/api/mine", "Authorization: Bearer " + name);
    }

    private final class Listening implements Observer {
        @Override
        public void answered(String method, String route, int status, long nanoseconds) {}

        @Override
        public void refused(String address, String reason) {
            refused.add(reason);
        }

        @Override
        public void limited(Principal who, String route) {
            limited.add(who.name() + " " + route);
        }
    }

    /// Lets each key pass three times, a minute's window once.
    private static final class Three implements Counters {
        private static final Duration WAIT = Duration.ofSeconds(20);

        private final Map<String, Integer> uses = new ConcurrentHashMap<>();

        @Override
        public Verdict slidingWindow(String key, long limit, Duration window) {
            return verdict(uses.merge(key, 1, Integer::sum), limit);
        }

        @Override
        public Verdict tokenBucket(String key, long burst, Duration refill) {
            return verdict(uses.merge(key, 1, Integer::sum), LIMIT);
        }

        @Override
        public Verdict look(String key, long burst, Duration refill) {
            return verdict(uses.getOrDefault(key, 0) + 1, LIMIT);
        }

        private static Verdict verdict(int use, long limit) {
            return new Verdict(use <= limit, limit, Math.max(0, limit - use), WAIT);
        }
    }
}
