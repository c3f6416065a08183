package holdfast.server;

import holdfast.cluster.Counters;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Counts requests before they make work: per address and class for strangers, per principal and per tenant for the
/// signed-in.
public final class Limits {
    /// @param address   sign-in attempts per address in five minutes
    /// @param api       ordinary calls per principal and minute
    /// @param heavy     exports and syncs per principal and minute
    public record Numbers(int address, int api, int heavy) {
        public static final Numbers DEFAULT = new Numbers(50, 12_000, 120);
    }

    private final Counters counters;
    private final Numbers numbers;
    private final Allowance allowance;
    private final Duration apiRefill;
    private final Duration heavyRefill;

    public Limits(Counters counters, Numbers numbers, Allowance allowance) {
        this.counters = counters;
        this.numbers = numbers;
        this.allowance = allowance;
        this.apiRefill = refill(numbers.api());
        this.heavyRefill = refill(numbers.heavy());
    }

    /// Takes one use.
    ///
    /// @return what came of it, allowed or not; empty for what is not counted
    Optional<Counters.Verdict> take(Rate rate, Request request) {
        var who =
                request.signedIn()
                        .map(Limits::key)
                        .orElseGet(() -> network(request.origin().address()));
        var verdict =
                switch (rate) {
                    case FREE -> null;
                    case SIGN_IN ->
                            counters.slidingWindow(
                                    "sign-in:" + network(request.origin().address()),
                                    numbers.address(),
                                    Duration.ofMinutes(5));
                    case API -> counters.tokenBucket("api:" + who, numbers.api(), apiRefill);
                    case HEAVY ->
                            counters.tokenBucket("heavy:" + who, numbers.heavy(), heavyRefill);
                };
        return Optional.ofNullable(verdict).map(own -> withTenant(own, request));
    }

    /// Who is refused by the own limit takes nothing of the tenant's.
    private Counters.Verdict withTenant(Counters.Verdict own, Request request) {
        if (!own.allowed() || request.signedIn().isEmpty()) {
            return own;
        }
        var tenant = request.signedIn().get().tenant();
        var most = allowance.callsPerHour(tenant);
        var verdict =
                most.isEmpty()
                        ? own
                        : nearer(
                                own,
                                counters.slidingWindow(
                                        "tenant:" + tenant, most.getAsLong(), Duration.ofHours(1)));
        if (verdict.allowed()) {
            allowance.called(tenant, area(request.path()));
        }
        return verdict;
    }

    private static Counters.Verdict nearer(Counters.Verdict own, Counters.Verdict shared) {
        return !shared.allowed() || shared.remaining() < own.remaining() ? shared : own;
    }

    private static String area(String path) {
        var segments = path.split("/", 4);
        return segments.length > 2 ? segments[2] : segments[segments.length - 1];
    }

    /// Refuses a proof from an address whose strangers have used up what they have, before it is looked up.
    ///
    /// @throws Refusal TOO_MANY_REQUESTS
    void requireLeft(Request request) {
        if (request.header("Authorization").isEmpty() && request.header("Cookie").isEmpty()) {
            return; // nothing to look up
        }
        var key = "api:" + network(request.origin().address());
        var verdict = counters.look(key, numbers.api(), apiRefill);
        if (!verdict.allowed()) {
            throw refusal(verdict);
        }
    }

    /// {@return whether nobody was told in the last minute that this principal uses up its limits}
    boolean isNews(Principal who) {
        return counters.slidingWindow("told:" + key(who), 1, Duration.ofMinutes(1)).allowed();
    }

    private static String key(Principal who) {
        return who.tenant() + ":" + who.id();
    }

    private static Duration refill(int perMinute) {
        return Duration.ofMinutes(1).dividedBy(perMinute);
    }

    /// {@return the refusal of a use that was not allowed: TOO_MANY_REQUESTS with `retryAfter` in seconds}
    static Refusal refusal(Counters.Verdict verdict) {
        return Problem.TOO_MANY_REQUESTS
                .because("wait %d seconds, then try again".formatted(seconds(verdict.reset())))
                .with("retryAfter", seconds(verdict.reset()))
                .with("limit", verdict.limit());
    }

    /// {@return the response with what is left of the limit in its headers}
    static Response told(Counters.Verdict verdict, Response response) {
        var headers = new LinkedHashMap<>(headers(verdict));
        headers.putAll(response.headers());
        return new Response(response.status(), headers, response.content());
    }

    /// One household has a whole IPv6 /64 to choose addresses from: it counts as one.
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] octets = InetAddress.getByName(address).getAddress(); // a literal
            return octets.length == 4 ? address : HexFormat.of().formatHex(octets, 0, 8);
        } catch (UnknownHostException _) {
            return address;
        }
    }

    private static Map<String, String> headers(Counters.Verdict verdict) {
        long limit = verdict.limit();
        long remaining = verdict.remaining();
        long reset = seconds(verdict.reset());
        return Map.of(
                "X-RateLimit-Limit", Long.toString(limit),
                "X-RateLimit-Remaining", Long.toString(remaining),
                "X-RateLimit-Reset", Long.toString(reset),
                "RateLimit", "limit=" + limit + ", remaining=" + remaining + ", reset=" + reset);
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
