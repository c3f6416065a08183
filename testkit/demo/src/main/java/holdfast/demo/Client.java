package holdfast.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A small client of the API: believes one certificate, keeps one session. For one thread.
public final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final JsonMapper JSON = new JsonMapper();

    private final URI url;
    private final HttpClient http;
    private @Nullable String cookie;
    private @Nullable String token;

    /// @param fingerprint SHA-256 of the server's certificate, upper-case hex with colons
    public Client(URI url, String fingerprint) {
        this.url = url;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(believing(fingerprint))
                        .connectTimeout(PATIENCE)
                        .build();
    }

    /// {@return this client, which now shows an API token instead of a session}
    public Client withToken(String secret) {
        token = secret;
        return this;
    }

    /// {@return the body of a successful answer}
    ///
    /// @throws Failed when the answer is a problem
    public JsonNode get(String path) {
        return json(send("GET", path, null, Map.of()));
    }

    /// {@return the body of a successful answer}
    ///
    /// @param body empty for a request without a body
    /// @throws Failed when the answer is a problem
    public JsonNode post(String path, Map<String, ?> body) {
        var text = body.isEmpty() ? null : JSON.writeValueAsString(body);
        return json(send("POST", path, text, Map.of()));
    }

    /// Replaces a resource as it is now.
    ///
    /// @throws Failed when the answer is a problem
    void replace(String path, Map<String, ?> body) {
        var tag =
                send("GET", path, null, Map.of())
                        .headers()
                        .firstValue("ETag")
                        .orElseThrow(() -> new Failed(path + " has no ETag"));
        send("PUT", path, JSON.writeValueAsString(body), Map.of("If-Match", tag));
    }

    /// {@return the bytes of a successful answer}
    ///
    /// @throws Failed when the answer is a problem
    public byte[] download(String path) {
        return send("GET", path, null, Map.of()).body();
    }

    /// Asks without judging the answer.
    ///
    /// @param body JSON
    public HttpResponse<byte[]> call(String method, String path, Optional<String> body) {
        return exchange(method, path, body.orElse(null), Map.of());
    }

    /// {@return the cookie of the session as it is sent, once signed in}
    public Optional<String> cookie() {
        return Optional.ofNullable(cookie);
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    private HttpResponse<byte[]> send(
            String method, String path, @Nullable String body, Map<String, String> headers) {
        var answer = exchange(method, path, body, headers);
        if (answer.statusCode() >= 400) {
            var problem = json(answer);
            throw new Failed(
                    "%s %s answered %d %s"
                            .formatted(
                                    method,
                                    path,
                                    answer.statusCode(),
                                    problem.path("detail").asString("")),
                    answer.statusCode());
        }
        return answer;
    }

    private HttpResponse<byte[]> exchange(
            String method, String path, @Nullable String body, Map<String, String> headers) {
        var request =
                HttpRequest.newBuilder(url.resolve(path))
                        .timeout(PATIENCE)
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        } else if (cookie != null) {
            request.header("Cookie", cookie).header("Sec-Fetch-Site", "same-origin");
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            answer.headers()
                    .firstValue("Set-Cookie")
                    .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
            return answer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted");
        }
    }

    private static SSLContext believing(String fingerprint) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Pinned(fingerprint)}, null);
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// What the server refused, in its own words.
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Failed(String message) {
            this(message, 0);
        }

        Failed(String message, int status) {
            super(message);
            this.status = status;
        }

        /// {@return the HTTP status of the refusal; 0 when there was no answer}
        public int status() {
            return status;
        }
    }

    /// Believes exactly one leaf certificate, whatever name it carries.
    private static final class Pinned extends X509ExtendedTrustManager {
        private final String fingerprint;

        Pinned(String fingerprint) {
            this.fingerprint = fingerprint;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            try {
                var digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
                var shown = HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
                if (!shown.equals(fingerprint)) {
                    throw new CertificateException("the server shows " + shown);
                }
            } catch (GeneralSecurityException failure) {
                throw new CertificateException(failure);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
