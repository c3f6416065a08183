package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.http.Access;
import holdfast.http.Etags;
import holdfast.http.Rate;
import holdfast.http.Response;
import holdfast.http.Route;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Versions on the wire: what changed meanwhile is not overwritten.
class EtagsTest {
    private final AtomicInteger told = new AtomicInteger();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server =
                TestServer.with(
                        List.of(
                                new Route(
                                        "GET",
                                        "/api/item",
                                        Access.PUBLIC,
                                        0,
                                        Rate.FREE,
                                        _ ->
                                                Response.json("thing " + told.incrementAndGet())
                                                        .with("ETag", Etags.of(3))),
                                new Route(
                                        "PUT",
                                        "/api/item",
                                        Access.PUBLIC,
                                        0,
                                        Rate.FREE,
                                        request -> Response.json(Etags.expected(request)))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_known_version_never_stands_for_an_answer_that_says_more() throws IOException {
        assertThat(server.get("/api/item")).contains("ETag: \"3\"", "thing 1");

        for (var known : List.of("\"3\"", "W/\"3\"", "*", "\"1\", \"3\"")) {
            assertThat(server.get("/api/item", "If-None-Match: " + known))
                    .describedAs(known)
                    .startsWith("HTTP/1.1 200")
                    .contains("thing " + told.get());
        }
        assertThat(told).hasValue(5);
    }

    @Test
    void a_change_names_the_version_it_saw() throws IOException {
        assertThat(put("If-Match: \"3\"")).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n3");
        assertThat(put("X: y")).startsWith("HTTP/1.1 428").contains("\"precondition-required\"");
        for (var odd :
                List.of(
                        "*",
                        "W/\"3\"",
                        "3",
                        "\"3\", \"4\"",
                        "\"-1\"",
                        "\"99999999999999999999\"")) {
            assertThat(put("If-Match: " + odd)).describedAs(odd).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void http_2_answers_the_same() throws Exception {
        var client = server.client(HttpClient.Version.HTTP_2);
        var first =
                client.send(
                        HttpRequest.newBuilder(server.uri("/api/item")).build(),
                        BodyHandlers.ofString());
        var second =
                client.send(
                        HttpRequest.newBuilder(server.uri("/api/item"))
                                .header("If-None-Match", "\"3\"")
                                .build(),
                        BodyHandlers.ofString());
        var head =
                client.send(
                        HttpRequest.newBuilder(server.uri("/api/item")).HEAD().build(),
                        BodyHandlers.ofString());

        assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(first.body()).isEqualTo("\"thing 1\"");
        assertThat(first.headers().firstValue("strict-transport-security")).isPresent();
        assertThat(second.body()).isEqualTo("\"thing 2\"");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-length")).hasValue("9");
    }

    private String put(String header) throws IOException {
        return server.raw(
                "PUT /api/item HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + header + "\r\n\r\n");
    }
}
