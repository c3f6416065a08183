package holdfast.http;

import holdfast.cluster.Counters;
import holdfast.kernel.Ids;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A real server on a free port; whoever sends `Bearer NAME` is NAME.
final class TestServer implements AutoCloseable {
    private final Server server;
    private final SSLContext tls;

    private TestServer(Server server) throws Exception {
        this.server = server;
        this.tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new Anybody()}, null);
    }

    static TestServer with(List<Route> routes) throws Exception {
        var ids = new Ids(InstantSource.system(), new Random(1));
        Counters unlimited = new Unlimited();
        var dispatcher =
                new Dispatcher(
                        new RouteTable(routes),
                        TestServer::byName,
                        new Limits(unlimited, Limits.Numbers.DEFAULT),
                        new StaticUi(TestServer.class.getClassLoader()),
                        ids,
                        (_, _, _, _) -> {},
                        100);
        var folder = Files.createTempDirectory("holdfast-http");
        var certificate = folder.resolve("cert.pem");
        var key = folder.resolve("key.pem");
        selfSigned(certificate, key);
        var config = new ServerConfig("127.0.0.1", 0, certificate, key, 0, List.of(), folder);
        return new TestServer(new Server(config, dispatcher, ids).start());
    }

    private static void selfSigned(Path certificate, Path key)
            throws IOException, InterruptedException {
        var made =
                new ProcessBuilder(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "ec",
                                "-pkeyopt",
                                "ec_paramgen_curve:P-256",
                                "-nodes",
                                "-days",
                                "2",
                                "-subj",
                                "/CN=localhost",
                                "-keyout",
                                key.toString(),
                                "-out",
                                certificate.toString())
                        .redirectErrorStream(true)
                        .start();
        made.getInputStream().readAllBytes();
        if (made.waitFor() != 0) {
            throw new IOException("openssl made no certificate");
        }
    }

    private static java.util.Optional<SignIn.Proved> byName(Request request) {
        return request.header("Authorization")
                .map(value -> value.substring("Bearer ".length()))
                .map(name ->
                        new SignIn.Proved(
                                new Principal(
                                        new UUID(1, 1),
                                        Principal.Kind.USER,
                                        name,
                                        TenantId.DEFAULT,
                                        request.origin()),
                                name));
    }

    int port() {
        return server.port();
    }

    String get(String target, String... headers) throws IOException {
        return raw(
                "GET "
                        + target
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + lines(headers)
                        + "\r\n");
    }

    String post(String target, String body, String... headers) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return raw(
                "POST "
                        + target
                        + " HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Connection: close\r\n"
                        + "Content-Type: application/json\r\n"
                        + "Content-Length: "
                        + length
                        + "\r\n"
                        + lines(headers)
                        + "\r\n"
                        + body);
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }

    /// {@return everything the server sent until it closed or fell silent}
    String raw(String request) throws IOException {
        try (var socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port())) {
            socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            var answer = new java.io.ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (IOException _) {
                // cut: what came so far is the answer
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class Unlimited implements Counters {
        @Override
        public Verdict slidingWindow(String key, long limit, Duration window) {
            return new Verdict(true, limit, limit, window);
        }

        @Override
        public Verdict tokenBucket(String key, long burst, Duration refill) {
            return new Verdict(true, burst, burst, refill);
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
