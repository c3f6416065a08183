package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who listens to live events by WebSocket.
final class Subscriber implements WebSocket.Listener, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile int code;
    private @Nullable WebSocket socket;

    /// @param header name and value, for who asks
    static Subscriber open(LiveServer server, String path, String... header) {
        var subscriber = new Subscriber();
        var client = HttpClient.newBuilder().sslContext(server.tls()).build();
        subscriber.socket =
                client.newWebSocketBuilder()
                        .header(header[0], header[1])
                        .buildAsync(
                                URI.create(
                                        server.url().toString().replace("https:", "wss:") + path),
                                subscriber)
                        .join();
        return subscriber;
    }

    /// {@return the events so far, without positions}
    List<JsonNode> told() {
        return messages.stream()
                .filter(one -> !one.path("type").asString().equals("position"))
                .toList();
    }

    boolean tells(String resource) {
        return told().stream()
                .anyMatch(one -> one.path("data").path("resource").asString().equals(resource));
    }

    /// {@return the id to go on after}
    String last() {
        return messages.getLast().path("id").asString();
    }

    /// {@return the code that the server closed with}
    int closed() throws InterruptedException {
        assertThat(end.await(20, TimeUnit.SECONDS)).as("closed").isTrue();
        return code;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            messages.add(JSON.readTree(partial.toString()));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        code = status;
        end.countDown();
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        end.countDown();
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}
