package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.http.Access;
import holdfast.http.Handler;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What Tomcat does by itself, and what the server makes of it.
class TomcatTrapsTest {
    private final AtomicInteger bodies = new AtomicInteger();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server =
                TestServer.with(
                        List.of(
                                route(
                                        "GET",
                                        "/api/ping",
                                        Access.PUBLIC,
                                        _ -> Response.json("pong")),
                                route(
                                        "GET",
                                        "/api/item/{name}",
                                        Access.PUBLIC,
                                        request -> Response.json(request.parameter("name"))),
                                route("POST", "/api/body", Access.SIGNED_IN, this::body)));
    }

    private static Route route(String method, String path, Access access, Handler handler) {
        return new Route(
                method, path, access, method.equals("POST") ? 1_000 : 0, Rate.FREE, handler);
    }

    private Response body(Request request) {
        bodies.incrementAndGet();
        try (var whole = request.secret()) {
            return Response.json(whole.length());
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_request_that_is_no_http_is_refused_as_a_problem() throws IOException {
        refused("GARBAGE\r\n\r\n", 400);
        refused("GET /api/ping HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n", 400);
        refused("GET /api/ping HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n", 400);
        refused("GET /api/p ing HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        refused("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    }

    @Test
    void an_encoded_slash_or_a_zero_byte_is_refused_as_a_problem() throws IOException {
        refused("GET /api/item/a%2Fb HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        refused("GET /api/item/a%5Cb HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        refused("GET /api/item/%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    }

    @Test
    void a_second_spelling_of_a_path_is_refused_as_a_problem() throws IOException {
        for (var path :
                List.of(
                        "/api/ping;x=1",
                        "/api//ping",
                        "/api/./ping",
                        "/api/x/../ping",
                        "/api/%2e%2e/api/ping",
                        "/api/pi%0ang",
                        "/api/item/%c0%af",
                        "/api/item/%ff")) {
            refused("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        }
    }

    @Test
    void a_bad_or_missing_or_second_host_is_refused_as_a_problem() throws IOException {
        refused("GET /api/ping HTTP/1.1\r\n\r\n", 400);
        refused("GET /api/ping HTTP/1.1\r\nHost: a b\r\n\r\n", 400);
        refused("GET /api/ping HTTP/1.1\r\nHost: a/b\r\n\r\n", 400);
        refused("GET /api/ping HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
    }

    @Test
    void connect_and_trace_are_refused_as_problems() throws IOException {
        refused("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 400);
        refused("TRACE /api/ping HTTP/1.1\r\nHost: a\r\nX-Secret: hunter2\r\n\r\n", 405);
    }

    @Test
    void options_for_the_whole_server_is_refused_as_a_problem() throws IOException {
        refused("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        refused("OPTIONS /api/ping HTTP/1.1\r\nHost: a\r\n\r\n", 405);
    }

    @Test
    void http_0_9_and_versions_to_come_are_refused_as_problems() throws IOException {
        assertThat(server.raw("GET /api/ping\r\n\r\n")).doesNotContain("\"pong\"");
        refused("GET /api/ping HTTP/3.0\r\nHost: a\r\n\r\n", 400);
        refused("GET /api/ping HTTP/1.7\r\nHost: a\r\n\r\n", 400);
    }

    @Test
    void headers_over_16_kib_are_refused_as_a_problem() throws IOException {
        refused(
                "GET /api/ping HTTP/1.1\r\nHost: a\r\nX-Long: "
                        + "a".repeat(17 * 1024)
                        + "\r\n\r\n",
                400);
    }

    @Test
    void an_unknown_transfer_coding_is_refused_as_a_problem() throws IOException {
        refused(
                lines(
                        "POST /api/body HTTP/1.1",
                        "Host: a",
                        "Authorization: Bearer ada",
                        "Transfer-Encoding: gzip"),
                400);
        assertThat(bodies).hasValue(0);
    }

    @Test
    void two_lengths_for_one_body_are_refused_as_a_problem() throws IOException {
        refused(
                lines(
                                "POST /api/body HTTP/1.1",
                                "Host: a",
                                "Authorization: Bearer ada",
                                "Content-Length: 4",
                                "Content-Length: 5")
                        + "abcde",
                400);
        assertThat(bodies).hasValue(0);
    }

    @Test
    void head_is_answered_like_get_without_the_body() throws IOException {
        var head = server.raw("HEAD /api/ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(head)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Length: 6", "Content-Type: application/json")
                .endsWith("\r\n\r\n")
                .doesNotContain("pong");
    }

    @Test
    void a_body_is_asked_for_only_when_somebody_will_read_it() throws IOException {
        var nobody =
                String.join(
                        "\r\n",
                        "POST /api/body HTTP/1.1",
                        "Host: a",
                        "Content-Length: 4",
                        "Expect: 100-continue",
                        "Connection: close",
                        "");
        try (var socket = server.open()) {
            socket.getOutputStream().write((nobody + "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(TestServer.rest(socket)).startsWith("HTTP/1.1 401");
        }
        try (var socket = server.open()) {
            var ada = nobody + "Authorization: Bearer ada\r\n\r\n";
            socket.getOutputStream().write(ada.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(12))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("HTTP/1.1 100");
            socket.getOutputStream().write("abcd".getBytes(StandardCharsets.US_ASCII));
            assertThat(TestServer.rest(socket)).contains("HTTP/1.1 200");
        }
    }

    @Test
    void one_connection_carries_more_than_a_hundred_requests() throws IOException {
        var many =
                "GET /api/ping HTTP/1.1\r\nHost: a\r\n\r\n".repeat(249)
                        + "GET /api/ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

        assertThat(server.raw(many).split("\"pong\"", -1)).hasSize(251);
    }

    @Test
    void no_session_of_tomcat_no_version_and_no_powered_by() throws IOException {
        assertThat(server.get("/api/ping"))
                .doesNotContainIgnoringCase("JSESSIONID", "Tomcat", "X-Powered-By", "Server:");
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private void refused(String request, int status) throws IOException {
        var answer = server.raw(request.replaceFirst("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

        assertThat(answer)
                .describedAs(request.substring(0, Math.min(60, request.length())))
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json", "\"code\"")
                .contains(HeadersTest.EVERYWHERE)
                .doesNotContainIgnoringCase("tomcat", "apache", "exception", "hunter2");
    }
}
