package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What the server promises, over the wire.
class ServerTest {
    record Item(String name, int size, Optional<String> note, SecretBytes value) {}

    private static final List<Route> ROUTES =
            List.of(
                    new Route(
                            "GET",
                            "/api/ping",
                            Access.PUBLIC,
                            0,
                            Rate.FREE,
                            _ -> Response.json("pong")),
                    new Route(
                            "GET",
                            "/api/mine",
                            Access.SIGNED_IN,
                            0,
                            Rate.API,
                            request -> Response.json(request.caller().name())),
                    new Route(
                            "POST",
                            "/api/items/{name}",
                            Access.PUBLIC,
                            100,
                            Rate.API,
                            request -> {
                                var item = request.json(Item.class);
                                return Response.json(201, item);
                            }),
                    new Route(
                            "GET",
                            "/api/fails",
                            Access.PUBLIC,
                            0,
                            Rate.FREE,
                            _ -> {
                                throw new IllegalStateException("hunter2");
                            }),
                    new Route(
                            "GET",
                            "/api/cut",
                            Access.PUBLIC,
                            0,
                            Rate.FREE,
                            _ ->
                                    Response.streamed(
                                            200,
                                            "text/csv",
                                            out -> {
                                                out.write(new byte[100_000]);
                                                throw Problem.UNAVAILABLE.because("half way");
                                            })));

    @Test
    void a_public_route_answers_with_every_security_header() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            var answer =
                    server.raw("GET /api/ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .contains(
                            "Content-Security-Policy: default-src 'none'",
                            "X-Request-Id: ",
                            "nosniff")
                    .contains("Strict-Transport-Security", "Cache-Control: no-store", "\"pong\"")
                    .doesNotContain("Server:", "Set-Cookie");
        }
    }

    @Test
    void nobody_is_refused_where_somebody_is_needed() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            assertThat(server.get("/api/mine"))
                    .startsWith("HTTP/1.1 401")
                    .contains("\"unauthenticated\"");
            assertThat(server.get("/api/mine", "Authorization: Bearer ada"))
                    .startsWith("HTTP/1.1 200")
                    .contains("ada");
        }
    }

    @Test
    void a_page_leads_to_the_sign_in_and_says_where_to_go_then() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            assertThat(server.get("/environments/1/settings?q=a%20b"))
                    .startsWith("HTTP/1.1 303")
                    .contains("Location: /login?next=%2Fenvironments%2F1%2Fsettings%3Fq%3Da%2520b");
            assertThat(server.get("/")).contains("Location: /login\r\n");
        }
    }

    @Test
    void unknown_missing_and_mistyped_members_are_told_by_pointer() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            var both =
                    server.post(
                            "/api/items/a",
                            "{\"size\":1,\"colour\":\"red\",\"value\":\"hunter2\"}");
            assertThat(both)
                    .startsWith("HTTP/1.1 400")
                    .contains("\"/colour\"", "\"/name\"", "\"invalid\"")
                    .doesNotContain("hunter2");
            var wrong =
                    server.post(
                            "/api/items/a", "{\"name\":\"a\",\"size\":\"hunter2\",\"value\":\"\"}");
            assertThat(wrong)
                    .startsWith("HTTP/1.1 400")
                    .contains("\"/size\"")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void a_secret_passes_through_json_and_an_absent_optional_stays_absent() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            var answer =
                    server.post(
                            "/api/items/a", "{\"name\":\"a\",\"size\":1,\"value\":\"p\\\"ä😀\"}");

            assertThat(answer)
                    .startsWith("HTTP/1.1 201")
                    .contains("p\\\"ä😀")
                    .doesNotContain("note");
        }
    }

    @Test
    void half_a_character_in_a_secret_is_refused_by_the_name_of_its_field() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            for (var torn : List.of("\\ud83d", "hunter2\\ude00", "\\ude00\\ud83d", "\\ud83dx")) {
                assertThat(
                                server.post(
                                        "/api/items/a",
                                        "{\"name\":\"a\",\"size\":1,\"value\":\"" + torn + "\"}"))
                        .as(torn)
                        .startsWith("HTTP/1.1 400")
                        .contains("\"/value\"", "half a character")
                        .doesNotContain("hunter2");
            }
            assertThat(
                            server.post(
                                    "/api/items/a",
                                    "{\"name\":\"a\",\"size\":1,\"value\":\"\\ud83d\\ude00\"}"))
                    .startsWith("HTTP/1.1 201")
                    .contains("😀");
        }
    }

    @Test
    void a_body_over_the_limit_is_refused_by_its_declared_length() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            assertThat(server.post("/api/items/a", "{\"name\":\"" + "a".repeat(200) + "\"}"))
                    .startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void a_failure_tells_nothing_of_its_inside() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            assertThat(server.get("/api/fails"))
                    .startsWith("HTTP/1.1 500")
                    .contains("application/problem+json", "urn:uuid:")
                    .doesNotContain("hunter2", "IllegalState");
        }
    }

    @Test
    void a_failure_half_way_cuts_the_stream() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            assertThat(server.get("/api/cut"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void another_site_cannot_change_anything() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            assertThat(server.post("/api/items/a", "{}", "Sec-Fetch-Site: cross-site"))
                    .startsWith("HTTP/1.1 403")
                    .contains("cross-site");
            assertThat(server.post("/api/items/a", "{}", "Origin: https://evil.example"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void what_tomcat_refuses_itself_is_a_problem_too() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            for (var target : List.of("/%zz", "/a%2Fb", "/%00")) {
                assertThat(server.get(target))
                        .describedAs(target)
                        .startsWith("HTTP/1.1 400")
                        .contains("application/problem+json", "X-Request-Id")
                        .doesNotContainIgnoringCase("tomcat");
            }
        }
    }

    @Test
    void a_second_spelling_of_a_path_is_refused() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            for (var target :
                    List.of(
                            "/api/ping;x",
                            "/api//ping",
                            "/api/x/../ping",
                            "/api/%2e%2e/ping",
                            "/api/pi%0ang")) {
                assertThat(server.get(target)).describedAs(target).startsWith("HTTP/1.1 400");
            }
        }
    }

    @Test
    void a_text_that_not_every_database_can_hold_is_refused() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            for (var query : List.of("q=a%00b", "%00=a")) {
                assertThat(server.get("/api/ping?" + query))
                        .describedAs(query)
                        .startsWith("HTTP/1.1 400")
                        .contains("\"malformed\"");
            }
        }
    }

    @Test
    void an_export_is_not_made_for_who_only_asks_for_its_head() throws Exception {
        var made = new AtomicInteger();
        var export =
                new Route(
                        "GET",
                        "/api/export",
                        Access.PUBLIC,
                        0,
                        Rate.HEAVY,
                        _ -> Response.json(made.incrementAndGet()));
        try (var server = TestServer.with(List.of(export))) {
            assertThat(
                            server.raw(
                                    "HEAD /api/export HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 405")
                    .contains("Allow: GET");
        }
        assertThat(made).hasValue(0);
    }

    @Test
    void a_wrong_method_is_told_the_right_ones() throws Exception {
        try (var server = TestServer.with(ROUTES)) {
            assertThat(server.post("/api/ping", "{}"))
                    .startsWith("HTTP/1.1 405")
                    .contains("Allow: GET");
        }
    }
}
