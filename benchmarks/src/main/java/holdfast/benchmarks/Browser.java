package holdfast.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Chromium without a window, driven by its DevTools protocol. One thread.
final class Browser implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE = 60; // seconds
    private static final String LISTENING = "DevTools listening on ";

    private final Path profile = Installation.Folder.make();
    private final Process chromium;
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> answers = new ArrayBlockingQueue<>(10_000);
    private final WebSocket tools;
    private final String session;
    private int last;

    Browser() {
        try {
            chromium =
                    new ProcessBuilder(
                                    "chromium",
                                    "--headless=new",
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--ignore-certificate-errors",
                                    "--window-size=1440,900",
                                    "--remote-debugging-port=0",
                                    "--user-data-dir=" + profile,
                                    "about:blank")
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        tools = http.newWebSocketBuilder().buildAsync(address(), new Ear()).join();
        var target = send("Target.createTarget", Map.of("url", "about:blank"), "");
        session =
                send(
                                "Target.attachToTarget",
                                Map.of(
                                        "targetId",
                                        target.path("targetId").asString(),
                                        "flatten",
                                        true),
                                "")
                        .path("sessionId")
                        .asString();
        send("Page.enable", Map.of(), session);
    }

    private URI address() {
        BufferedReader said = chromium.inputReader();
        try {
            for (var line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith(LISTENING)) {
                    return URI.create(line.substring(LISTENING.length()));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        throw new IllegalStateException("chromium did not start");
    }

    void open(URI page) {
        send("Page.navigate", Map.of("url", page.toString()), session);
    }

    /// {@return what the expression came to, promises awaited}
    JsonNode evaluate(String expression) {
        var answer =
                send(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "awaitPromise",
                                true,
                                "returnByValue",
                                true),
                        session);
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException("the page failed: " + answer);
        }
        return answer.path("result").path("value");
    }

    private JsonNode send(String method, Map<String, ?> parameters, String to) {
        int id = ++last;
        var message =
                to.isEmpty()
                        ? Map.of("id", id, "method", method, "params", parameters)
                        : Map.of("id", id, "method", method, "params", parameters, "sessionId", to);
        tools.sendText(JSON.writeValueAsString(message), true).join();
        try {
            for (; ; ) {
                var answer = answers.poll(PATIENCE, TimeUnit.SECONDS);
                if (answer == null || answer.has("error")) {
                    throw new IllegalStateException(method + " answered " + answer);
                }
                if (answer.path("id").asInt(0) == id) {
                    return answer.path("result");
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }

    @Override
    public void close() {
        tools.abort(); // an open one would hold the client for ever
        http.close();
        for (var each : List.copyOf(chromium.descendants().toList())) {
            each.destroyForcibly();
        }
        chromium.destroyForcibly();
        try {
            chromium.waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Puts whole messages together.
    private final class Ear implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean whole) {
            parts.append(data);
            if (whole) {
                answers.add(JSON.readTree(parts.toString()));
                parts.setLength(0);
            }
            socket.request(1);
            return java.util.concurrent.CompletableFuture.completedStage(null);
        }
    }
}
