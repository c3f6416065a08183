package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import holdfast.process.Logs;
import holdfast.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// What a line of the access log says of a request, and what it does not.
class AccessLineTest {
    @TempDir static Path folder;

    @AfterEach
    void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
    }

    @Test
    void it_names_who_did_what_and_no_value_of_the_query_or_the_path() throws Exception {
        Logs.start(new Logs.Style("INFO", false), folder.resolve("log"));
        try (var server = LiveServer.start(folder)) {
            var admin = server.setUp();
            var answer = admin.get("/api/environments?q=hunter2-in-query&limit=7");
            admin.get("/api/users/hunter2-in-path");

            var line = Await.value("its line", () -> line("/api/environments"));
            assertThat(Instant.parse(line.substring(0, line.indexOf(' '))))
                    .isBeforeOrEqualTo(Instant.now());
            assertThat(line)
                    .contains(
                            "request=\"" + answer.header("X-Request-Id") + "\"",
                            "address=\"127.0.0.1\"",
                            "principal=\"" + LiveServer.ADMIN + "\"",
                            "method=\"GET\"",
                            "status=\"200\"",
                            "bytes=\"" + answer.answer().body().length + "\"")
                    .containsPattern("micros=\"[1-9][0-9]*\"");
            assertThat(Await.value("the other", () -> line("/api/users/{user}"))).isNotEmpty();
            assertThat(Files.readString(folder.resolve("log/access.log")))
                    .doesNotContain("hunter2", "limit=7", Person.PASSWORD);
        }
    }

    private static Optional<String> line(String route) throws IOException {
        try (var lines = Files.lines(folder.resolve("log/access.log"))) {
            return lines.filter(line -> line.contains("route=\"" + route + "\"")).findFirst();
        }
    }
}
