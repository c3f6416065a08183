package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.http.Access;
import holdfast.http.Content;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Problem;
import holdfast.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Live streams by WebSocket, read by the JDK's client.
class WebSocketTest {
    private static final String LARGE = "\"" + "x".repeat(64 * 1024) + "\"";

    private final AtomicLong flooded = new AtomicLong();
    private final Semaphore bell = new Semaphore(0);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server =
                TestServer.with(
                        List.of(
                                live("numbers", this::numbers),
                                live("flood", (_, sink) -> flood(sink)),
                                live("refused", (_, _) -> refuse()),
                                live("done", (_, sink) -> sink.event("1", "end", "")),
                                live("proof", this::proof)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void events_carry_id_type_and_data_and_go_on_after_the_last_that_was_seen() throws Exception {
        var first = open("/api/numbers");
        first.await(2);
        var second = open("/api/numbers?after=41");
        second.await(1);

        assertThat(first.texts)
                .startsWith(
                        "{\"id\":\"1\",\"type\":\"number\",\"data\":1}",
                        "{\"id\":\"2\",\"type\":\"number\",\"data\":2}");
        assertThat(second.texts)
                .first()
                .isEqualTo("{\"id\":\"42\",\"type\":\"number\",\"data\":42}");
    }

    @Test
    void a_stop_closes_with_service_restart() throws Exception {
        var client = open("/api/numbers");
        client.await(3);

        server.close();

        assertThat(client.closed()).isEqualTo(1012);
    }

    @Test
    void the_end_of_the_right_closes_with_policy_violation_and_the_end_of_the_tale_as_usual()
            throws Exception {
        assertThat(open("/api/refused").closed()).isEqualTo(1008);
        assertThat(open("/api/done").closed()).isEqualTo(1000);
    }

    @Test
    void who_talks_is_closed() throws Exception {
        var client = open("/api/numbers");
        client.await(3);

        client.socket().sendText("hello", true).join();

        assertThat(client.closed()).isEqualTo(1003);
    }

    @Test
    void a_slow_subscriber_is_cut_and_goes_on_where_it_was() throws Exception {
        var client = new Listening(0);
        connect("/api/flood", client);
        Await.until("the stream was ended", () -> server.server().open() == 0);
        long told = flooded.get();

        client.socket().request(Long.MAX_VALUE);
        client.end.await();

        assertThat(client.texts.size()).isLessThanOrEqualTo((int) told);
        assertThat(client.texts.getFirst()).startsWith("{\"id\":\"1\"");
    }

    @Test
    void the_proof_is_still_the_own_one_when_the_connection_is_a_socket() throws Exception {
        var client = open("/api/proof", "Authorization", "Bearer anna");
        for (int i = 0; i < 20; i++) {
            server.get("/api/nothing", "Authorization: Bearer ben");
        }
        bell.release();
        client.await(1);

        assertThat(client.texts.getFirst()).contains("\"data\":\"Bearer anna none\"");
    }

    @Test
    void the_page_of_another_site_opens_no_socket() throws Exception {
        assertThat(handshake("Origin: https://evil.example"))
                .startsWith("HTTP/1.1 403")
                .contains("cross-site");
        assertThat(handshake("Origin: null")).startsWith("HTTP/1.1 403");
        assertThat(handshake("Origin: https://localhost")).startsWith("HTTP/1.1 101");
    }

    @Test
    void another_version_of_the_protocol_is_told_which_one_is_spoken() throws Exception {
        assertThat(
                        server.get(
                                "/api/numbers",
                                "Connection: Upgrade",
                                "Upgrade: websocket",
                                "Sec-WebSocket-Version: 8",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
                .startsWith("HTTP/1.1 426")
                .contains("Sec-WebSocket-Version: 13");
    }

    @Test
    void nobody_has_more_streams_than_anybody_looks_at() throws Exception {
        var clients = new ArrayList<Listening>();
        for (int i = 0; i < 64; i++) {
            clients.add(open("/api/numbers"));
        }

        assertThat(handshake("Origin: https://localhost")).startsWith("HTTP/1.1 429");

        clients.getFirst().socket().abort();
        Await.until("one has left", () -> server.server().open() == 63);
        assertThat(handshake("Origin: https://localhost")).startsWith("HTTP/1.1 101");
    }

    private String handshake(String origin) throws IOException {
        var request =
                """
                GET /api/numbers HTTP/1.1\r
                Host: localhost\r
                Connection: keep-alive, Upgrade\r
                Upgrade: WebSocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                """;
        try (var socket = server.open()) {
            var whole = request + origin + "\r\n\r\n";
            socket.getOutputStream().write(whole.getBytes(StandardCharsets.UTF_8));
            var answer = new byte[2048];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, length, StandardCharsets.UTF_8);
        }
    }

    private Listening open(String path, String... header) throws Exception {
        var client = new Listening(Long.MAX_VALUE);
        connect(path, client, header);
        return client;
    }

    private void connect(String path, Listening client, String... header) throws Exception {
        var builder = server.client(HttpClient.Version.HTTP_1_1).newWebSocketBuilder();
        if (header.length > 0) {
            builder.header(header[0], header[1]);
        }
        try {
            builder.buildAsync(URI.create("wss://localhost:" + server.port() + path), client)
                    .join();
        } catch (CompletionException failure) {
            throw new IOException("no socket", failure);
        }
    }

    private static Route live(String name, Source source) {
        return new Route(
                "GET",
                "/api/" + name,
                Access.PUBLIC,
                0,
                Rate.FREE,
                request -> Response.events(sink -> source.feed(request, sink)));
    }

    private void numbers(Request request, Content.EventSink sink) throws IOException {
        int after = request.query("after").map(Integer::valueOf).orElse(0);
        for (int i = after + 1; i <= after + 3; i++) {
            sink.event(Integer.toString(i), "number", Integer.toString(i));
        }
        waitFor(new Semaphore(0));
    }

    private void proof(Request request, Content.EventSink sink) throws IOException {
        waitFor(bell);
        var told =
                request.header("authorization").orElse("none")
                        + " "
                        + request.header("X-Other").orElse("none");
        sink.event("1", "proof", "\"" + told + "\"");
    }

    private void flood(Content.EventSink sink) throws IOException {
        while (!sink.isClosing()) {
            sink.event(Long.toString(flooded.incrementAndGet()), "flood", LARGE);
        }
    }

    private static void refuse() {
        throw Problem.NOT_PERMITTED.because("the right has ended");
    }

    private static void waitFor(Semaphore something) {
        try {
            something.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Source {
        void feed(Request request, Content.EventSink sink) throws IOException;
    }

    /// What one subscriber was told.
    private static final class Listening implements WebSocket.Listener {
        private final long wanted;
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final CountDownLatch end = new CountDownLatch(1);
        private final StringBuilder partial = new StringBuilder();
        private volatile int code;
        private volatile @Nullable WebSocket socket;

        /// @param wanted how many parts it takes before it stops reading
        Listening(long wanted) {
            this.wanted = wanted;
        }

        WebSocket socket() {
            return java.util.Objects.requireNonNull(socket);
        }

        void await(int events) {
            Await.until(events + " events are told", () -> texts.size() >= events);
        }

        int closed() throws InterruptedException {
            assertThat(end.await(10, TimeUnit.SECONDS)).as("closed").isTrue();
            return code;
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            if (wanted > 0) {
                opened.request(wanted);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                texts.add(partial.toString());
                partial.setLength(0);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            code = status;
            end.countDown();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            end.countDown();
        }
    }
}
