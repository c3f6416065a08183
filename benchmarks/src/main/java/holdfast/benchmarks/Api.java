package holdfast.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The API as a client sees it: HTTP/1.1, kept connections, one session. Safe for many threads once signed in.
final class Api {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    private final URI url;
    private final HttpClient http;
    private volatile @Nullable String cookie;

    /// @param chain the server's certificate and its authority, PEM
    Api(URI url, Path chain) {
        this.url = url;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(believing(chain))
                        .build();
    }

    JsonNode get(String path) {
        return JSON.readTree(body("GET", path, null));
    }

    JsonNode post(String path, Map<String, ?> content) {
        var body = body("POST", path, content.isEmpty() ? null : JSON.writeValueAsString(content));
        return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    }

    /// Does `work` in a tenant as one of its administrators, for that long.
    ///
    /// @param tenant its id
    /// @param keeper of it: without one nobody may leave
    void within(String tenant, String keeper, Runnable work) {
        var users = "/api/tenants/" + tenant + "/users";
        post(users, Map.of("username", keeper, "role", "ADMIN"));
        var expires =
                Instant.now().plus(Duration.ofHours(12)).toString(); // a role of one's own ends
        var own = post(users, Map.of("username", "bench", "role", "ADMIN", "expires", expires));
        work.run();
        delete(users + "/" + own.path("user").asString());
    }

    void delete(String path) {
        body("DELETE", path, null);
    }

    /// Reads an answer and drops it.
    void touch(String path) {
        body("GET", path, null);
    }

    /// {@return length in bytes; the file itself is not kept}
    long download(String path) {
        try {
            var answer = http.send(request("GET", path, null), BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                if (answer.statusCode() >= 400) {
                    throw new IllegalStateException(path + " answered " + answer.statusCode());
                }
                return in.transferTo(java.io.OutputStream.nullOutputStream());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }

    /// Asks for what is answered with 404.
    void refused(String path) {
        int status = answer("GET", path, null).statusCode();
        if (status != 404) {
            throw new IllegalStateException(path + " answered " + status);
        }
    }

    private HttpResponse<byte[]> answer(String method, String path, @Nullable String content) {
        try {
            return http.send(request(method, path, content), BodyHandlers.ofByteArray());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }

    private byte[] body(String method, String path, @Nullable String content) {
        var answer = answer(method, path, content);
        answer.headers()
                .firstValue("Set-Cookie")
                .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException(
                    "%s %s answered %d %s"
                            .formatted(
                                    method,
                                    path,
                                    answer.statusCode(),
                                    new String(
                                            answer.body(),
                                            java.nio.charset.StandardCharsets.UTF_8)));
        }
        return answer.body();
    }

    private HttpRequest request(String method, String path, @Nullable String content) {
        var request =
                HttpRequest.newBuilder(url.resolve(path))
                        .timeout(PATIENCE)
                        .method(
                                method,
                                content == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(content));
        if (content != null) {
            request.header("Content-Type", "application/json");
        }
        var session = cookie;
        if (session != null) {
            request.header("Cookie", session).header("Sec-Fetch-Site", "same-origin");
        }
        return request.build();
    }

    static SSLContext believing(Path chain) {
        try (var in = Files.newInputStream(chain)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("server-" + number++, one);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("cannot trust " + chain, failure);
        }
    }
}
