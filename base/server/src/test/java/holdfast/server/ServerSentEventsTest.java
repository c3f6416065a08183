package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.http.Access;
import holdfast.http.Content;
import holdfast.http.Rate;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Server-sent events, over HTTP/2 as browsers do.
class ServerSentEventsTest {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger streams = new AtomicInteger();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        var numbers =
                new Route(
                        "GET",
                        "/api/numbers",
                        Access.PUBLIC,
                        0,
                        Rate.FREE,
                        request -> {
                            int after =
                                    request.header("Last-Event-ID").map(Integer::valueOf).orElse(0);
                            return Response.events(sink -> feed(after, sink));
                        });
        var ping =
                new Route(
                        "GET",
                        "/api/ping",
                        Access.PUBLIC,
                        0,
                        Rate.FREE,
                        _ -> Response.json("pong"));
        server = TestServer.with(List.of(numbers, ping), 1, List.of());
    }

    /// Three numbers at once, then waits as a live source does.
    private void feed(int after, Content.EventSink sink) throws IOException {
        streams.incrementAndGet();
        for (int i = after + 1; i <= after + 3; i++) {
            sink.event(Integer.toString(i), "number", "{\"n\":" + i + "}");
        }
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            ended.countDown();
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void events_carry_id_type_and_data() throws Exception {
        try (var reader = open("")) {
            assertThat(lines(reader, 4))
                    .containsExactly("id: 1", "event: number", "data: {\"n\":1}", "");
        }
    }

    @Test
    void a_stream_goes_on_after_the_last_event_that_was_seen() throws Exception {
        try (var reader = open("41")) {
            assertThat(lines(reader, 1)).containsExactly("id: 42");
        }
    }

    @Test
    void a_stop_ends_the_stream_with_a_hint_when_to_come_back() throws Exception {
        try (var reader = open("")) {
            lines(reader, 12);
            var stopping = Thread.ofVirtual().start(server.server()::close);

            assertThat(reader.lines().toList()).containsExactly("retry: 1000", "");
            stopping.join();
            assertThat(ended.getCount()).isZero();
        }
    }

    @Test
    void streams_take_no_place_from_requests() throws Exception {
        try (var one = open("");
                var two = open("")) {
            lines(one, 1);
            lines(two, 1);
            Await.until("both are live", () -> streams.get() == 2);

            assertThat(server.get("/api/ping")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_lost_client_is_noticed_by_the_next_sign_of_life() throws Exception {
        var streams = new Streams(java.time.Duration.ofMillis(10));
        var broken =
                new java.io.OutputStream() {
                    private final AtomicInteger written = new AtomicInteger();

                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("gone after " + written.getAndIncrement());
                    }
                };

        streams.feed(
                sink -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException _) {
                        assertThat(sink.isClosing()).isTrue();
                        ended.countDown();
                    }
                },
                broken);

        assertThat(ended.getCount()).isZero();
    }

    private BufferedReader open(String lastEventId) throws Exception {
        var request = HttpRequest.newBuilder(server.uri("/api/numbers"));
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        var answer =
                server.client(HttpClient.Version.HTTP_2)
                        .send(request.build(), BodyHandlers.ofInputStream());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static List<String> lines(BufferedReader reader, int count) throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            lines.add(reader.readLine());
        }
        return lines;
    }
}
