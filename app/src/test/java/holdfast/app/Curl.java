package holdfast.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// `curl` at a stream of server-sent events.
final class Curl implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path out;
    private final Process process;

    Curl(LiveServer server, Path folder, String token, String path) throws IOException {
        out = Files.createTempFile(folder, "events", ".txt");
        process =
                new ProcessBuilder(
                                "curl",
                                "--silent",
                                "--no-buffer",
                                "--cacert",
                                server.certificate().toString(),
                                "--header",
                                "Authorization: Bearer " + token,
                                server.url() + path)
                        .redirectOutput(out.toFile())
                        .start();
    }

    /// {@return everything that came until the server ended the stream}
    String ended() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the stream did not end");
        }
        return text();
    }

    /// {@return the events that are whole, each as a message of a WebSocket would say it}
    List<JsonNode> told() {
        return Arrays.stream(text().split("\n\n", -1))
                .filter(block -> block.contains("\ndata: "))
                .map(Curl::message)
                .toList();
    }

    private static JsonNode message(String block) {
        var message = JsonNodeFactory.instance.objectNode();
        block.lines()
                .filter(line -> line.startsWith("data: "))
                .forEach(line -> message.set("data", JSON.readTree(line.substring(6))));
        return message;
    }

    boolean tells(String resource) {
        return told().stream()
                .anyMatch(one -> one.path("data").path("resource").asString().equals(resource));
    }

    /// {@return the id to go on after}
    String last() {
        return text().lines()
                .filter(line -> line.startsWith("id: "))
                .toList()
                .getLast()
                .substring(4);
    }

    private String text() {
        try {
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
