package holdfast.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import holdfast.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

/// What the log files promise.
class LogsTest {
    private static final Logger LOG = LoggerFactory.getLogger("holdfast.app.LogsTest");

    @TempDir Path home;

    @AfterEach
    void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
    }

    @Test
    void each_kind_of_line_has_its_file() throws IOException {
        start("INFO", false);

        LOG.debug("small talk");
        LOG.info("a note");
        LOG.error("a failure");
        LoggerFactory.getLogger("access").info("a request");
        LoggerFactory.getLogger("org.apache.coyote").info("the server");

        assertThat(read("holdfast.log"))
                .contains(" INFO LogsTest a note", " ERROR LogsTest a failure")
                .doesNotContain("small talk", "a request", "the server");
        assertThat(read("holdfast-errors.log")).contains("a failure").doesNotContain("a note");
        Await.until("its line", () -> read("access.log").contains("a request"));
        assertThat(read("server.log")).contains("the server");
    }

    @Test
    void a_group_may_read_the_files_and_nobody_else() throws IOException {
        start("INFO", false);
        LOG.info("a note");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwxr-x---");
        for (var name :
                new String[] {"holdfast.log", "holdfast-errors.log", "access.log", "server.log"}) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder().resolve(name))))
                    .isEqualTo("rw-r-----");
        }
    }

    @Test
    void a_line_of_a_request_names_it_in_text_and_in_json() throws IOException {
        start("INFO", false);
        try (var _ = MDC.putCloseable("request", "0198c0de")) {
            LOG.info("a note");
        }
        assertThat(read("holdfast.log"))
                .containsPattern("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z INFO LogsTest a note +0198c0de");
        stop();

        start("INFO", true);
        try (var _ = MDC.putCloseable("request", "0198c0df")) {
            LOG.info("another");
        }
        assertThat(read("holdfast.log"))
                .containsPattern("\"request\":\"0198c0df\".*\"message\":\"another\"");
    }

    @Test
    void warnings_and_critical_errors_are_called_so() throws IOException {
        start("CRITICAL", false);
        LOG.error("an error");
        LOG.error(MarkerFactory.getMarker("CRITICAL"), "the end");
        assertThat(read("holdfast.log"))
                .contains(" CRITICAL LogsTest the end")
                .doesNotContain("an error");
        stop();

        start("WARNING", false);
        LOG.warn("take care");
        LOG.info("a note");
        assertThat(read("holdfast.log"))
                .contains(" WARNING LogsTest take care")
                .doesNotContain("a note");
    }

    @Test
    void a_file_of_10_MB_is_followed_by_another_and_10_are_kept() throws IOException {
        start("INFO", false);
        var line = "x".repeat(1024 * 1024);
        var access = LoggerFactory.getLogger("access");
        for (int i = 0; i < 140; i++) {
            access.info(line);
        }

        try (var files = Files.list(folder())) {
            var access10 =
                    files.filter(file -> file.getFileName().toString().startsWith("access.log"))
                            .toList();
            stop(); // writes out what was gathered
            assertThat(access10)
                    .hasSize(10)
                    .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(12 * 1024 * 1024));
        }
    }

    private void start(String level, boolean json) throws IOException {
        Logs.start(new Logs.Style(level, json), folder());
    }

    private Path folder() {
        return home.resolve("log");
    }

    private String read(String name) throws IOException {
        return Files.readString(folder().resolve(name));
    }
}
