package holdfast.system;

import holdfast.demo.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls of one administrator whose refusals are answers like any other. Safe for many threads.
final class Calls {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String USERNAME = "ada";
    private static final String PASSWORD = "Ninety-seven sour plums 7!";

    private final URI url;
    private final HttpClient http;
    private final SSLContext tls;
    private volatile String cookie = "";

    private Calls(URI url, HttpClient http, SSLContext tls) {
        this.tls = tls;
        this.url = url;
        this.http = http;
    }

    /// @param chain the certificates to believe
    static Calls to(ServerProcess server, Path chain) {
        try {
            var tls = believing(chain);
            var http = HttpClient.newBuilder().sslContext(tls).build();
            return new Calls(server.url(), http, tls);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Makes the administrator and signs in.
    void setUp(String code) {
        post("/api/setup", Map.of("code", code, "username", USERNAME, "password", PASSWORD));
        cookie = signIn().cookie();
    }

    /// Signs in for the calls to come.
    void enter() {
        cookie = signIn().cookie();
    }

    String cookie() {
        return cookie;
    }

    /// {@return a connection to write on byte by byte; the handshake is done}
    SSLSocket connect() throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", url.getPort());
        socket.startHandshake();
        return socket;
    }

    /// Signs in once more, beside the session that the other calls use.
    Answer signIn() {
        return send(
                "POST",
                "/api/auth/sign-in",
                Map.of("username", USERNAME, "password", PASSWORD),
                "");
    }

    Answer get(String path) {
        return send("GET", path, Map.of(), cookie);
    }

    Answer post(String path, Map<String, ?> body) {
        return send("POST", path, body, cookie);
    }

    private Answer send(String method, String path, Map<String, ?> body, String by) {
        var publisher =
                body.isEmpty()
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(JSON.writeValueAsString(body));
        var request =
                HttpRequest.newBuilder(url.resolve(path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .header("Sec-Fetch-Site", "same-origin")
                        .method(method, publisher);
        if (!by.isEmpty()) {
            request.header("Cookie", by);
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            var set = answer.headers().firstValue("Set-Cookie").orElse("");
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("X-Request-Id").orElse(""),
                    set.substring(0, Math.max(0, set.indexOf(';'))),
                    answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext believing(Path chain) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(chain)) {
            int number = 0;
            for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("c" + number++, one);
            }
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /// What came back.
    ///
    /// @param request its `X-Request-Id`
    /// @param cookie  that was set, `name=value`; empty when none was
    record Answer(int status, String request, String cookie, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }
    }
}
