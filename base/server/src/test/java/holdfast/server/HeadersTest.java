package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.http.Access;
import holdfast.http.Handler;
import holdfast.http.Rate;
import holdfast.http.Response;
import holdfast.http.Route;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The security headers, on every kind of answer.
class HeadersTest {
    /// As browsers must see them; each stands on every answer.
    static final String[] EVERYWHERE = {
        "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src"
                + " 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; form-action"
                + " 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for"
                + " 'script'; trusted-types lit-html app\r\n",
        "Strict-Transport-Security: max-age=63072000\r\n",
        "X-Content-Type-Options: nosniff\r\n",
        "X-Frame-Options: DENY\r\n",
        "Referrer-Policy: no-referrer\r\n",
        "Cross-Origin-Opener-Policy: same-origin\r\n",
        "Cross-Origin-Resource-Policy: same-origin\r\n",
        "X-Request-Id: "
    };

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server =
                TestServer.with(
                        List.of(
                                route("/api/ping", Access.PUBLIC, _ -> Response.json("pong")),
                                route("/api/mine", Access.SIGNED_IN, _ -> Response.json("mine")),
                                route(
                                        "/api/fails",
                                        Access.PUBLIC,
                                        _ -> {
                                            throw new IllegalStateException("hunter2");
                                        }),
                                route(
                                        "/api/file",
                                        Access.PUBLIC,
                                        _ ->
                                                Response.streamed(
                                                        200, "text/csv", out -> out.write('a'))),
                                route("/api/live", Access.PUBLIC, _ -> Response.events(_ -> {}))));
    }

    private static Route route(String path, Access access, Handler handler) {
        return new Route("GET", path, access, 0, Rate.FREE, handler);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answers_problems_files_and_streams_carry_them_and_are_never_stored() throws IOException {
        for (var path :
                List.of(
                        "/api/ping",
                        "/api/mine",
                        "/api/fails",
                        "/api/file",
                        "/api/live",
                        "/api/none")) {
            assertThat(server.get(path))
                    .describedAs(path)
                    .contains(EVERYWHERE)
                    .contains("Cache-Control: no-store\r\n");
        }
    }

    @Test
    void pages_and_their_files_carry_them() throws IOException {
        for (var path :
                List.of(
                        "/",
                        "/login",
                        "/dashboard",
                        "/view/1",
                        "/assets/app.js",
                        "/assets/none.js")) {
            assertThat(server.get(path)).describedAs(path).contains(EVERYWHERE);
        }
        assertThat(server.get("/login")).contains("Cache-Control: no-store\r\n", "<title>");
        assertThat(server.get("/assets/app.js"))
                .contains("Cache-Control: public, max-age=31536000, immutable\r\n", "1 + 1");
    }

    @Test
    void a_page_is_for_whoever_signed_in_and_others_are_led_to_the_door() throws IOException {
        assertThat(server.get("/dashboard"))
                .startsWith("HTTP/1.1 303")
                .contains("Location: /login");
        assertThat(server.get("/dashboard", "Authorization: Bearer ada"))
                .startsWith("HTTP/1.1 200")
                .contains("text/html");
        assertThat(server.get("/api/mine", "Sec-Fetch-Mode: navigate"))
                .startsWith("HTTP/1.1 303")
                .contains("Location: /login");
    }

    @Test
    void the_policy_allows_nothing_unsafe() throws IOException {
        assertThat(server.get("/login")).doesNotContain("unsafe-");
    }
}
