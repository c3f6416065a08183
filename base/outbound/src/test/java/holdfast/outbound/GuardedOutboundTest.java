package holdfast.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import holdfast.testkit.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the one client for addresses outside promises.
class GuardedOutboundTest {
    private final AtomicInteger calls = new AtomicInteger();
    private final GuardedOutbound outbound =
            new GuardedOutbound(new AddressPolicy(true, List.of()), InetAddress::getAllByName);
    private Elsewhere server;

    @BeforeEach
    void start() throws Exception {
        server =
                new Elsewhere()
                        .at(
                                "/api/hello",
                                exchange -> {
                                    calls.incrementAndGet();
                                    answer(exchange, 200, "\"hello\"");
                                })
                        .at(
                                "/api/elsewhere",
                                exchange -> {
                                    exchange.getResponseHeaders().add("Location", "/api/hello");
                                    answer(exchange, 303, "");
                                })
                        .at("/api/large", exchange -> answer(exchange, 200, ".".repeat(5_000)))
                        .at("/api/trickle", GuardedOutboundTest::trickle);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /// Until the client has had enough.
    private static void trickle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_pinned_certificate_is_believed_whatever_its_name() throws Exception {
        var shown = outbound.inspect(target(new Outbound.Trust.Off()), Duration.ofSeconds(5));

        try (var answer =
                outbound.send(
                        target(new Outbound.Trust.Pin(shown.fingerprint())), get("/api/hello"))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("\"hello\"");
        }
    }

    @Test
    void another_certificate_than_the_pinned_one_is_shown_and_nothing_is_sent() {
        var failure =
                failure(target(new Outbound.Trust.Pin("00:".repeat(31) + "00")), get("/api/hello"));

        assertThat(failure.kind()).isEqualTo(OutboundFailure.Kind.CERTIFICATE_UNTRUSTED);
        assertThat(failure.shown())
                .hasValueSatisfying(shown -> assertThat(shown.subject()).isEqualTo("CN=localhost"));
        assertThat(calls).hasValue(0);
    }

    @Test
    void a_self_signed_certificate_is_not_believed_by_the_systems_authorities() {
        var failure = failure(target(new Outbound.Trust.SystemAuthorities()), get("/api/hello"));

        assertThat(failure.kind()).isEqualTo(OutboundFailure.Kind.CERTIFICATE_UNTRUSTED);
        assertThat(
                        outbound.inspect(
                                        target(new Outbound.Trust.SystemAuthorities()),
                                        Duration.ofSeconds(5))
                                .trusted())
                .isFalse();
    }

    @Test
    void a_body_that_trickles_for_ever_ends_at_the_deadline() {
        var call = call("/api/trickle", Duration.ofMillis(700), 1_000_000);

        assertThat(failure(target(new Outbound.Trust.Off()), call).kind())
                .isEqualTo(OutboundFailure.Kind.DEADLINE);
    }

    @Test
    void an_answer_over_the_limit_is_refused() {
        var failure =
                failure(
                        target(new Outbound.Trust.Off()),
                        call("/api/large", Duration.ofSeconds(5), 4_999));

        assertThat(failure.kind()).isEqualTo(OutboundFailure.Kind.TOO_LARGE);
    }

    @Test
    void a_redirect_is_an_answer_not_an_order() {
        try (var answer = outbound.send(target(new Outbound.Trust.Off()), get("/api/elsewhere"))) {
            assertThat(answer.status()).isEqualTo(303);
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void a_name_that_changes_between_check_and_connect_leads_nowhere_else() throws Exception {
        var asked = new AtomicInteger();
        var rebinding =
                new GuardedOutbound(
                        new AddressPolicy(false, List.of()),
                        _ ->
                                new InetAddress[] {
                                    InetAddress.getByName(
                                            asked.getAndIncrement() == 0
                                                    ? "192.168.255.254"
                                                    : "127.0.0.1")
                                });
        var target = new Outbound.Target("rebind.example", server.port(), new Outbound.Trust.Off());

        var failure =
                catchThrowableOfType(
                        OutboundFailure.class,
                        () ->
                                rebinding.send(
                                        target, call("/api/hello", Duration.ofSeconds(1), 100)));

        assertThat(failure).isNotNull();
        assertThat(asked).hasValue(1);
        assertThat(calls).hasValue(0);
    }

    @Test
    void one_forbidden_address_among_several_forbids_the_name() throws Exception {
        var mixed =
                new GuardedOutbound(
                        new AddressPolicy(false, List.of()),
                        _ ->
                                new InetAddress[] {
                                    InetAddress.getByName("10.0.0.4"),
                                    InetAddress.getByName("169.254.169.254")
                                });
        var target = new Outbound.Target("mixed.example", 443, new Outbound.Trust.Off());

        var failure =
                catchThrowableOfType(OutboundFailure.class, () -> mixed.send(target, get("/")));

        assertThat(failure.kind()).isEqualTo(OutboundFailure.Kind.ADDRESS_FORBIDDEN);
    }

    @Test
    void nobody_listening_is_told_as_such() {
        var target = new Outbound.Target("127.0.0.1", 1, new Outbound.Trust.Off());

        assertThat(failure(target, get("/")).kind())
                .isEqualTo(OutboundFailure.Kind.CONNECT_REFUSED);
    }

    @Test
    void a_name_that_hangs_in_the_resolver_ends_at_the_deadline_too() {
        var never = new java.util.concurrent.CountDownLatch(1);
        var hanging =
                new GuardedOutbound(
                        new AddressPolicy(true, List.of()),
                        _ -> {
                            while (never.getCount() > 0) {
                                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                            }
                            return new InetAddress[0];
                        });
        var target = new Outbound.Target("slow.example", 443, new Outbound.Trust.Off());
        try {
            var failure =
                    catchThrowableOfType(
                            OutboundFailure.class,
                            () -> hanging.send(target, call("/", Duration.ofMillis(300), 100)));

            assertThat(failure.kind()).isEqualTo(OutboundFailure.Kind.DEADLINE);
        } finally {
            never.countDown();
        }
    }

    @Test
    void an_answer_that_comes_too_late_is_wiped() throws Exception {
        var late = new WipedAnswer(200);
        late.fill(new ByteArrayInputStream("hunter2".getBytes(StandardCharsets.UTF_8)), 100);
        var trust = new PeerTrust(new Outbound.Trust.Off(), false);
        var gone = new java.util.concurrent.CountDownLatch(1);

        var failure =
                catchThrowableOfType(
                        OutboundFailure.class,
                        () ->
                                GuardedOutbound.within(
                                        Duration.ofMillis(50),
                                        gone::countDown,
                                        trust,
                                        () -> {
                                            awaitQuietly(gone);
                                            return late;
                                        }));

        assertThat(failure.kind()).isEqualTo(OutboundFailure.Kind.DEADLINE);
        Await.until("it is wiped", () -> late.length() == 0);
    }

    private static void awaitQuietly(java.util.concurrent.CountDownLatch latch) {
        while (latch.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void a_look_at_a_certificate_tries_every_address_of_the_name() throws Exception {
        var nobodyThere = InetAddress.getByAddress(new byte[] {127, 0, 0, 3});
        var here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        var two =
                new GuardedOutbound(
                        new AddressPolicy(true, List.of()),
                        _ -> new InetAddress[] {nobodyThere, here});
        var target = new Outbound.Target("two.example", server.port(), new Outbound.Trust.Off());

        assertThat(two.inspect(target, Duration.ofSeconds(5)).subject()).isEqualTo("CN=localhost");
        try (var answer = two.send(target, get("/api/hello"))) {
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void authorities_without_a_certificate_are_refused_when_they_are_named() {
        for (var pem :
                List.of(
                        "",
                        "not PEM",
                        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")) {
            var refusal =
                    catchThrowableOfType(
                            holdfast.kernel.Refusal.class,
                            () -> new Outbound.Trust.Authorities(pem));

            assertThat(refusal.problem()).isEqualTo(holdfast.kernel.Problem.MALFORMED);
        }
    }

    private OutboundFailure failure(Outbound.Target target, Outbound.Call call) {
        return catchThrowableOfType(OutboundFailure.class, () -> outbound.send(target, call));
    }

    private Outbound.Target target(Outbound.Trust trust) {
        return new Outbound.Target("127.0.0.1", server.port(), trust);
    }

    private static Outbound.Call get(String path) {
        return call(path, Duration.ofSeconds(10), 1_000_000);
    }

    private static Outbound.Call call(String path, Duration deadline, long maxBody) {
        return new Outbound.Call(
                "GET", path, Map.of(), Optional.empty(), Duration.ofSeconds(5), deadline, maxBody);
    }
}
