package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A browser that was left open listens to the live events, and is no person.
class OpenTabTest {
    @TempDir static Path folder;
    private static LiveServer server;
    private static Person admin;

    @BeforeAll
    static void start() throws Exception {
        server = LiveServer.start(folder, "--rate-sign-in", "1000");
        admin = server.setUp();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_open_stream_does_not_keep_its_session_and_ends_with_it() throws Exception {
        var lines = new CopyOnWriteArrayList<String>();
        var ended = new AtomicBoolean();
        var stream = admin.open("/api/events");
        Thread.ofVirtual().start(() -> read(stream, lines, ended));

        server.wait(Duration.ofMinutes(40));
        server.nobody().signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200);
        Await.until("the stream looks and tells", () -> tells(lines, "session.start"));
        server.wait(Duration.ofMinutes(40));

        Await.until("the stream ends", ended::get);
        assertThat(admin.get("/api/me").status()).isEqualTo(401);
    }

    private static boolean tells(List<String> lines, String action) {
        return lines.stream().anyMatch(line -> line.equals("event: " + action));
    }

    private static void read(InputStream stream, List<String> lines, AtomicBoolean ended) {
        try (var reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException _) {
            lines.add("cut");
        } finally {
            ended.set(true);
        }
    }
}
