package holdfast.client;

import holdfast.kernel.SecretBytes;
import holdfast.outbound.AddressPolicy;
import holdfast.outbound.GuardedOutbound;
import holdfast.outbound.Outbound;
import holdfast.outbound.OutboundFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One server's API as a client sees it: a request goes out, JSON comes back, and a problem becomes a sentence.
final class Api {
    static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration DOWNLOAD = Duration.ofHours(1);
    private static final long MOST = 256L * 1024 * 1024; // bytes of one JSON answer

    private final GuardedOutbound outbound =
            new GuardedOutbound(new AddressPolicy(true, List.of()), InetAddress::getAllByName);
    private final Login login;
    private String cookie = "";

    Api(Login login) {
        this.login = login;
    }

    /// What came back.
    ///
    /// @param text as it came
    record Answer(int status, String text, Optional<String> etag) {
        JsonNode json() {
            return text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
        }
    }

    /// {@return the certificate the server shows; nothing else is sent}
    Outbound.PeerCertificate inspect() {
        return reaching(() -> outbound.inspect(target(), CONNECT));
    }

    JsonNode get(String path) {
        return send("GET", path, Optional.empty(), Map.of()).json();
    }

    JsonNode post(String path, JsonNode body) {
        return send("POST", path, Optional.of(body), Map.of()).json();
    }

    /// @param path already encoded, query included
    /// @throws Stopped when the server refuses
    Answer send(String method, String path, Optional<JsonNode> body, Map<String, String> more) {
        var call = call(method, path, body, more, PATIENCE);
        return reaching(() -> {
            try (var answer = outbound.send(target(), call)) {
                answer.header("Set-Cookie").ifPresent(set -> cookie = set.split(";", 2)[0]);
                return succeeded(answer);
            }
        });
    }

    /// Writes the body of a successful answer to `to` as it comes.
    void download(String method, String path, Optional<JsonNode> body, OutputStream to) {
        var call = call(method, path, body, Map.of(), DOWNLOAD);
        reaching(() -> {
            try (var answer = outbound.send(target(), call, to)) {
                return succeeded(answer);
            }
        });
    }

    private Outbound.Target target() {
        var host = login.url().getHost().replaceAll("^\\[|]$", "");
        Outbound.Trust trust =
                login.fingerprint().isPresent()
                        ? new Outbound.Trust.Pin(login.fingerprint().get())
                        : new Outbound.Trust.SystemAuthorities();
        return new Outbound.Target(host, login.port(), trust);
    }

    private Outbound.Call call(
            String method,
            String path,
            Optional<JsonNode> body,
            Map<String, String> more,
            Duration deadline) {
        var headers = new HashMap<>(more);
        headers.put("Accept", "application/json, */*");
        headers.put("Content-Type", "application/json");
        if (!cookie.isEmpty()) {
            headers.put("Cookie", cookie);
            headers.put("Sec-Fetch-Site", "same-origin");
        } else if (!login.token().isEmpty()) {
            headers.put("Authorization", "Bearer " + login.token());
        }
        var bytes =
                body.map(json ->
                        SecretBytes.owning(
                                JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8)));
        return new Outbound.Call(method, path, headers, bytes, CONNECT, deadline, MOST);
    }

    private static Answer succeeded(Outbound.Answer answer) {
        try {
            var text = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
            if (answer.status() >= 400) {
                throw new Problem(answer.status(), parsed(text));
            }
            return new Answer(answer.status(), text, answer.header("ETag"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException _) {
            return JSON.createObjectNode();
        }
    }

    private interface Reach<T> {
        T run();
    }

    private <T> T reaching(Reach<T> work) {
        try {
            return work.run();
        } catch (Problem problem) {
            throw problem;
        } catch (OutboundFailure failure) {
            if (failure.kind() == OutboundFailure.Kind.CERTIFICATE_UNTRUSTED) {
                throw Stopped.refused(
                        "%s shows a certificate that is not the one believed, %s. Compare it with the fingerprint the server printed, then run `holdfast login` again"
                                .formatted(
                                        login.url(),
                                        failure.shown()
                                                .map(Outbound.PeerCertificate::fingerprint)
                                                .orElse("unknown")));
            }
            throw Stopped.refused(
                    "%s cannot be reached: %s".formatted(login.url(), failure.getMessage()));
        }
    }
}
