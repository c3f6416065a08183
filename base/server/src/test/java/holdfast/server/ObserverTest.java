package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.testkit.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What metrics are told of each answer.
class ObserverTest {
    @Test
    void whatever_strangers_call_a_method_counts_as_one() throws Exception {
        var told = new CopyOnWriteArrayList<String>();
        var route =
                new Route(
                        "GET",
                        "/api/ping",
                        Access.PUBLIC,
                        0,
                        Rate.FREE,
                        _ -> Response.json("pong"));
        var watched =
                new TestServer.Watched(
                        List.of(route),
                        10,
                        new TestServer.Unlimited(),
                        (method, _, _, _) -> told.add(method));
        try (var server = TestServer.with(watched)) {
            server.get("/api/ping");
            for (int i = 0; i < 3; i++) {
                server.raw(
                        "MADE-UP-%d /api/ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                .formatted(i));
            }
            Await.until("all are told", () -> told.size() == 4);
        }

        assertThat(told).containsExactly("GET", "OTHER", "OTHER", "OTHER");
    }
}
