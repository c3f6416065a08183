package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.cluster.Counters;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Whose calls count against what.
class TenantLimitsTest {
    private static final TenantId ACME = new TenantId(new UUID(1, 1));
    private static final TenantId FREE = new TenantId(new UUID(2, 2));

    private final Map<TenantId, Long> most = new HashMap<>(Map.of(ACME, 3L));
    private final List<String> called = new ArrayList<>();
    private final Limits limits =
            new Limits(new Counted(), new Limits.Numbers(50, 5, 5), new Noted());

    @Test
    void all_people_of_a_tenant_share_its_calls_of_the_hour() {
        var verdicts = new ArrayList<Boolean>();
        for (int i = 0; i < 5; i++) {
            verdicts.add(take(ACME, i).allowed());
        }

        assertThat(verdicts).containsExactly(true, true, true, false, false);
        assertThat(called).containsExactly("environments", "environments", "environments");
    }

    @Test
    void the_answer_tells_of_the_limit_that_is_nearer() {
        var first = take(ACME, 1);
        assertThat(first.limit()).isEqualTo(3);
        assertThat(first.remaining()).isEqualTo(2);
        most.put(ACME, 1_000L);

        var own = take(ACME, 1);

        assertThat(own.limit()).isEqualTo(5);
        assertThat(own.remaining()).isEqualTo(3);
    }

    @Test
    void no_limit_is_none() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(take(FREE, i).allowed()).isTrue();
        }
    }

    @Test
    void one_user_has_an_own_limit_beside_the_tenants_and_takes_nothing_of_it_when_refused() {
        most.put(ACME, 100L);
        for (int i = 0; i < 5; i++) {
            assertThat(take(ACME, 1).allowed()).isTrue();
        }

        assertThat(take(ACME, 1).allowed()).isFalse();
        assertThat(take(ACME, 2).allowed()).isTrue();
        assertThat(called).hasSize(6);
    }

    @Test
    void a_refusal_says_when_to_come_again() {
        for (int i = 0; i < 3; i++) {
            assertThat(take(ACME, i).allowed()).isTrue();
        }
        var refused = take(ACME, 9);

        var answer = Limits.told(refused, Response.empty(429));

        assertThat(answer.headers())
                .containsEntry("X-RateLimit-Limit", "3")
                .containsEntry("X-RateLimit-Remaining", "0")
                .containsEntry("X-RateLimit-Reset", "3600")
                .containsEntry("RateLimit", "limit=3, remaining=0, reset=3600");
        assertThat(Limits.refusal(refused).params()).containsEntry("retryAfter", "3600");
    }

    private Counters.Verdict take(TenantId tenant, long user) {
        var principal =
                new Principal(
                        new UUID(9, user),
                        Principal.Kind.USER,
                        "u",
                        tenant,
                        new Origin("192.0.2.1", new UUID(0, 1)));
        return limits.take(Rate.API, new Asked(principal)).orElseThrow();
    }

    private final class Noted implements Allowance {
        @Override
        public OptionalLong callsPerHour(TenantId tenant) {
            var limit = most.get(tenant);
            return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
        }

        @Override
        public void called(TenantId tenant, String area) {
            called.add(area);
        }
    }

    /// Counts and never lets go.
    private static final class Counted implements Counters {
        private final Map<String, Long> uses = new HashMap<>();

        @Override
        public Verdict slidingWindow(String key, long limit, Duration window) {
            long used = uses.getOrDefault(key, 0L);
            boolean allowed = used < limit;
            uses.put(key, allowed ? used + 1 : used);
            return new Verdict(allowed, limit, limit - uses.getOrDefault(key, 0L), window);
        }

        @Override
        public Verdict tokenBucket(String key, long burst, Duration refill) {
            return slidingWindow(key, burst, refill);
        }

        @Override
        public Verdict look(String key, long burst, Duration refill) {
            long used = uses.getOrDefault(key, 0L);
            return new Verdict(used < burst, burst, Math.max(0, burst - used), refill);
        }
    }

    private record Asked(Principal by) implements Request {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/api/environments/1";
        }

        @Override
        public String parameter(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> query(String name) {
            return Optional.empty();
        }

        @Override
        public List<String> queries(String name) {
            return List.of();
        }

        @Override
        public Optional<String> cookie(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Principal> signedIn() {
            return Optional.of(by);
        }

        @Override
        public Origin origin() {
            return by.origin();
        }

        @Override
        public Optional<Object> credential() {
            return Optional.empty();
        }

        @Override
        public <T> T json(Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> form(String name) {
            return Optional.empty();
        }

        @Override
        public SecretBytes secret() {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream body() {
            return InputStream.nullInputStream();
        }
    }
}
