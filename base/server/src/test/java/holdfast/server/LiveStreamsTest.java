package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Response;
import holdfast.http.Route;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

/// Live streams beside ordinary requests on one HTTP/2 connection.
class LiveStreamsTest {
    private static final int STREAMS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch end = new CountDownLatch(1);
    private final Semaphore fed = new Semaphore(0);

    @Test
    void many_live_streams_leave_room_for_requests() throws Exception {
        try (var server = TestServer.with(List.of(live(), ping()));
                var client = client()) {
            client.send(
                    get(server, "/api/ping"), BodyHandlers.ofString()); // one connection for all
            try {
                open(client, server);

                var answer = client.send(get(server, "/api/ping"), BodyHandlers.ofString());

                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.statusCode()).isEqualTo(200);
            } finally {
                end.countDown(); // else server and client would wait for the streams
            }
        }
    }

    private void open(HttpClient client, TestServer server) throws InterruptedException {
        for (int i = 0; i < STREAMS; i++) {
            var _ = client.sendAsync(get(server, "/api/live"), BodyHandlers.discarding());
            assertThat(fed.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("stream %d is fed", i)
                    .isTrue();
        }
    }

    private Route live() {
        return new Route(
                "GET",
                "/api/live",
                Access.PUBLIC,
                0,
                Rate.FREE,
                _ ->
                        Response.events(sink -> {
                            sink.keepAlive();
                            fed.release();
                            awaited();
                        }));
    }

    private void awaited() {
        try {
            end.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Route ping() {
        return new Route(
                "GET", "/api/ping", Access.PUBLIC, 0, Rate.FREE, _ -> Response.json("pong"));
    }

    private static HttpRequest get(TestServer server, String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
                .timeout(PATIENCE)
                .build();
    }

    private static HttpClient client() throws Exception {
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new Anybody()}, null);
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(tls).build();
    }

    /// Trusts whoever answers: the server of this test.
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
