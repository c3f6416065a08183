package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How many at once, how slow, and how it ends.
class FlowTest {
    private final AtomicInteger inside = new AtomicInteger();
    private final Semaphore leave = new Semaphore(0);
    private final List<Route> routes =
            List.of(
                    new Route(
                            "GET",
                            "/api/ping",
                            Access.PUBLIC,
                            0,
                            Rate.FREE,
                            _ -> Response.json("pong")),
                    new Route("GET", "/api/wait", Access.PUBLIC, 0, Rate.FREE, _ -> await()),
                    new Route(
                            "POST",
                            "/api/body",
                            Access.PUBLIC,
                            1_000,
                            Rate.FREE,
                            request -> {
                                try (var whole = request.secret()) {
                                    return Response.json(whole.length());
                                }
                            }));
    private final List<AutoCloseable> open = new ArrayList<>();

    private Response await() {
        inside.incrementAndGet();
        try {
            if (!leave.tryAcquire(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let it go");
            }
            return Response.json("waited");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private TestServer start(int inFlight) throws Exception {
        var server = TestServer.with(routes, inFlight, List.of());
        open.add(server);
        return server;
    }

    @AfterEach
    void stop() throws Exception {
        leave.release(10_000);
        for (var one : open) {
            one.close();
        }
    }

    @Test
    void a_thousand_are_answered_at_once_and_the_next_is_told_when_to_come_back() throws Exception {
        var server = start(1_000);
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < 1_000; i++) {
            sockets.add(
                    plain(
                            server,
                            "GET /api/wait HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
        }
        Await.until("a thousand are inside", () -> inside.get() == 1_000);

        assertThat(server.get("/api/ping"))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 2\r\n", "\"unavailable\"");

        leave.release(1_000);
        for (var socket : sockets) {
            assertThat(TestServer.rest(socket)).startsWith("HTTP/1.1 200").contains("waited");
        }
        assertThat(server.get("/api/ping")).startsWith("HTTP/1.1 200");
    }

    @Test
    void an_excess_request_waits_briefly_for_its_turn() throws Exception {
        var server = start(1);
        var first = later(server, "/api/wait");
        Await.until("the first is inside", () -> inside.get() == 1);
        var second = later(server, "/api/ping");
        Await.until("the second has come", () -> server.server().open() == 2);
        assertThat(second).isNotDone();

        leave.release();

        assertThat(first.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(second.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void a_stop_lets_requests_finish_and_takes_no_new_ones() throws Exception {
        var server = start(100);
        var answer = later(server, "/api/wait");
        Await.until("it is inside", () -> inside.get() == 1);
        int port = server.port();
        var stopped = new CountDownLatch(1);
        Thread.ofVirtual()
                .start(() -> {
                    server.close();
                    stopped.countDown();
                });
        Await.until("nobody else gets in", () -> refuses(port));
        assertThat(stopped.getCount()).isEqualTo(1);

        leave.release();

        assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("\"waited\"");
        assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
        open.clear();
    }

    @Test
    void a_client_that_never_ends_its_headers_is_cut() throws Exception {
        var server = start(100);
        try (var socket = plain(server, "GET /api/ping HTTP/1.1\r\nHost: a\r\nX-Slow: ")) {
            socket.setSoTimeout(15_000);

            var answer = TestServer.rest(socket);

            assertThat(answer).doesNotContain("pong");
        }
    }

    @Test
    void a_length_without_its_bytes_is_cut_and_told() throws Exception {
        var server = start(100);
        try (var socket =
                plain(
                        server,
                        "POST /api/body HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nfew")) {
            assertThat(TestServer.rest(socket))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"malformed\"");
        }
    }

    @Test
    void a_length_over_the_limit_is_refused_before_a_byte_of_the_body_comes() throws Exception {
        var server = start(100);
        try (var socket =
                plain(
                        server,
                        lines(
                                "POST /api/body HTTP/1.1",
                                "Host: a",
                                "Connection: close",
                                "Content-Length: 1001"))) {
            assertThat(head(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void a_body_without_a_length_is_counted_while_it_is_read() throws Exception {
        var server = start(100);
        var chunked =
                lines(
                        "POST /api/body HTTP/1.1",
                        "Host: a",
                        "Connection: close",
                        "Transfer-Encoding: chunked");
        var within = chunked + "3e8\r\n" + "a".repeat(1_000) + "\r\n0\r\n\r\n";
        var over = chunked + ("64\r\n" + "a".repeat(100) + "\r\n").repeat(11) + "0\r\n\r\n";

        assertThat(server.raw(within)).startsWith("HTTP/1.1 200").contains("1000");
        assertThat(server.raw(over)).startsWith("HTTP/1.1 413").contains("\"too-large\"");
    }

    @Test
    void a_body_that_trickles_ends_with_its_patience() {
        var slow =
                new java.io.InputStream() {
                    @Override
                    public int read(byte[] into, int offset, int length) {
                        into[offset] = (byte) read();
                        return 1;
                    }

                    @Override
                    public int read() {
                        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                        return 'a';
                    }
                };
        var body = new LimitedStream(slow, -1, Long.MAX_VALUE, Duration.ofMillis(20));

        var refusal =
                org.assertj.core.api.Assertions.catchThrowableOfType(
                        holdfast.kernel.Refusal.class,
                        () -> {
                            while (body.read() >= 0) {
                                // until it is over
                            }
                        });

        assertThat(refusal).hasMessageContaining("took too long");
    }

    private static CompletableFuture<HttpResponse<String>> later(TestServer server, String path) {
        return server.client(HttpClient.Version.HTTP_1_1)
                .sendAsync(
                        HttpRequest.newBuilder(server.uri(path)).build(), BodyHandlers.ofString());
    }

    private Socket plain(TestServer server, String request) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.plainPort());
        open.add(socket);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String head(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private static boolean refuses(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException _) {
            return true;
        }
    }
}
