package holdfast.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody with a client: keeps the session's cookie, follows no redirect.
final class Person {
    static final String PASSWORD = "Nine-Llamas-Sing-42";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final JsonMapper JSON = new JsonMapper();

    private final URI url;
    private final HttpClient client;
    private final Map<String, String> headers = new HashMap<>();

    Person(URI url, SSLContext tls) {
        this(url, HttpClient.newBuilder().sslContext(tls).connectTimeout(PATIENCE).build());
    }

    private Person(URI url, HttpClient client) {
        this.url = url;
        this.client = client;
    }

    /// {@return a program of the same machine that sends this bearer token}
    Person program(String token) {
        var program = new Person(url, client);
        program.headers.put("Authorization", "Bearer " + token);
        return program;
    }

    Reply signIn(String username, String password) throws IOException, InterruptedException {
        return post("/api/auth/sign-in", Map.of("username", username, "password", password));
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send("GET", path, Optional.empty(), Map.of());
    }

    Reply post(String path, Object body) throws IOException, InterruptedException {
        return send("POST", path, Optional.of(body), Map.of());
    }

    /// @param body sent as JSON; text is sent as it is, a form when a header says so
    Reply send(String method, String path, Optional<Object> body, Map<String, String> more)
            throws IOException, InterruptedException {
        var answer =
                client.send(request(method, path, body, more).build(), BodyHandlers.ofByteArray());
        answer.headers().allValues("Set-Cookie").forEach(this::keep);
        return new Reply(method + " " + path, answer);
    }

    /// Looks at the answer's head alone, for what streams without end.
    int status(String method, String path, Optional<Object> body)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client.send(
                        request(method, path, body, Map.of()).build(),
                        BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    /// {@return what comes of a stream without end; the caller closes it}
    InputStream open(String path) throws IOException, InterruptedException {
        return client.send(
                        request("GET", path, Optional.empty(), Map.of()).build(),
                        BodyHandlers.ofInputStream())
                .body();
    }

    /// {@return the value of the session's cookie, name included}
    Optional<String> cookie() {
        return Optional.ofNullable(headers.get("Cookie"));
    }

    private HttpRequest.Builder request(
            String method, String path, Optional<Object> body, Map<String, String> more) {
        var request =
                HttpRequest.newBuilder(url.resolve(path))
                        .timeout(PATIENCE)
                        .method(
                                method,
                                body.map(Person::text)
                                        .map(BodyPublishers::ofString)
                                        .orElseGet(BodyPublishers::noBody));
        var all = new HashMap<>(headers);
        if (body.isPresent()) {
            all.put("Content-Type", "application/json");
        }
        all.putAll(more);
        all.forEach(request::setHeader);
        return request;
    }

    private static String text(Object body) {
        return body instanceof String text ? text : JSON.writeValueAsString(body);
    }

    private void keep(String setCookie) {
        var pair = setCookie.split(";", 2)[0];
        if (pair.endsWith("=")) {
            headers.remove("Cookie");
        } else {
            headers.put("Cookie", pair);
        }
    }

    /// What came back.
    record Reply(String call, HttpResponse<byte[]> answer) {
        int status() {
            return answer.statusCode();
        }

        String text() {
            return new String(answer.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(answer.body());
        }

        String header(String name) {
            return answer.headers().firstValue(name).orElse("");
        }

        /// {@return the problem's code; empty for an answer that is none}
        String code() {
            return header("Content-Type").startsWith("application/problem+json")
                    ? json().path("code").asString("")
                    : "";
        }

        Reply requireStatus(int wanted) {
            if (status() != wanted) {
                throw new AssertionError(
                        "%s answered %d, not %d: %s".formatted(call, status(), wanted, text()));
            }
            return this;
        }
    }
}
