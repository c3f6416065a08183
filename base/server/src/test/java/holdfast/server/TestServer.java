package holdfast.server;

import holdfast.cluster.Counters;
import holdfast.http.Observer;
import holdfast.http.Request;
import holdfast.http.Route;
import holdfast.http.SignIn;
import holdfast.kernel.Ids;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// A real server on a free port; whoever sends `Bearer NAME` is NAME.
final class TestServer implements AutoCloseable {
    /// How long a client may keep the server waiting, short for tests.
    static final Duration SLOW = Duration.ofMillis(800);

    private static final AtomicInteger PROVED = new AtomicInteger();

    private final Server server;
    private final SSLContext tls;
    private final int plainPort;

    private TestServer(Server server, int plainPort) throws GeneralSecurityException {
        this.server = server;
        this.plainPort = plainPort;
        this.tls = trusting();
    }

    /// {@return a connection to a server in another process; it shakes hands when the first byte is sent}
    static Socket connect(int port) throws IOException, GeneralSecurityException {
        return trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    }

    private static SSLContext trusting() throws GeneralSecurityException {
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new Anybody()}, null);
        return tls;
    }

    static TestServer with(List<Route> routes) throws Exception {
        return with(routes, 100, List.of());
    }

    static TestServer with(List<Route> routes, int inFlight, List<String> trustedProxies)
            throws Exception {
        var folder = Files.createTempDirectory("holdfast-http");
        var certificate = folder.resolve("cert.pem");
        var key = folder.resolve("key.pem");
        Certificates.selfSigned(certificate, key);
        return with(routes, inFlight, trustedProxies, certificate, key);
    }

    static TestServer with(
            List<Route> routes,
            int inFlight,
            List<String> trustedProxies,
            Path certificate,
            Path key)
            throws Exception {
        return with(
                new Watched(routes, inFlight, new Unlimited(), (_, _, _, _) -> {}),
                trustedProxies,
                certificate,
                key);
    }

    /// What the dispatcher is made of, where a test watches or counts.
    record Watched(List<Route> routes, int inFlight, Counters counters, Observer observer) {}

    static TestServer with(Watched watched) throws Exception {
        var folder = Files.createTempDirectory("holdfast-http");
        var certificate = folder.resolve("cert.pem");
        var key = folder.resolve("key.pem");
        Certificates.selfSigned(certificate, key);
        return with(watched, List.of(), certificate, key);
    }

    private static TestServer with(
            Watched watched, List<String> trustedProxies, Path certificate, Path key)
            throws Exception {
        var ids = new Ids(InstantSource.system(), new Random(1));
        var dispatcher =
                new Dispatcher(
                        new RouteTable(watched.routes()),
                        TestServer::byName,
                        new Limits(watched.counters(), Limits.Numbers.DEFAULT, Allowance.FREE),
                        new StaticUi(TestServer.class.getClassLoader()),
                        ids,
                        watched.observer(),
                        watched.inFlight());
        int plain = freePort();
        var config =
                new ServerConfig(
                        "127.0.0.1",
                        0,
                        certificate,
                        key,
                        plain,
                        trustedProxies,
                        ProxyHeader.X_FORWARDED_FOR,
                        Files.createTempDirectory("holdfast-scratch"));
        return new TestServer(new Server(config, dispatcher, ids, SLOW).start(), plain);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// {@return how often a proof was looked up, by all servers}
    int proved() {
        return PROVED.get();
    }

    private static Optional<SignIn.Proved> byName(Request request) {
        PROVED.incrementAndGet();
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

    Server server() {
        return server;
    }

    int port() {
        return server.port();
    }

    /// Plain HTTP on 127.0.0.1.
    int plainPort() {
        return plainPort;
    }

    URI uri(String path) {
        return URI.create("https://localhost:" + port() + path);
    }

    /// {@return a client we did not write, for HTTP/1.1 or HTTP/2}
    HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().sslContext(tls).version(version).build();
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
        try (var socket = open()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return rest(socket);
        }
    }

    /// {@return a connection to write on byte by byte}
    SSLSocket open() throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port());
        socket.setSoTimeout((int) Duration.ofSeconds(15).toMillis());
        return socket;
    }

    /// {@return what comes until the server closes}
    static String rest(Socket socket) {
        var answer = new java.io.ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (IOException _) {
            // cut: what came so far is the answer
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }

    static final class Unlimited implements Counters {
        @Override
        public Verdict slidingWindow(String key, long limit, Duration window) {
            return new Verdict(true, limit, limit, window);
        }

        @Override
        public Verdict tokenBucket(String key, long burst, Duration refill) {
            return new Verdict(true, burst, burst, refill);
        }

        @Override
        public Verdict look(String key, long burst, Duration refill) {
            return new Verdict(true, burst, burst, refill);
        }
    }

    /// Extended, or the JDK would check names on its own.
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
