package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/api.md` and after it `docs/policy.md`, typed into one shell from top to bottom.
class ApiPageTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
    private static final Pattern ANSWER = Pattern.compile("# → (.*)$", Pattern.MULTILINE);
    private static final int PATIENCE = 300; // seconds

    @TempDir Path folder;
    private LiveServer server;
    private Person admin;

    @BeforeEach
    void start() throws Exception {
        server = LiveServer.start(folder, "--rate-sign-in", "1000", "--rate-heavy", "1000");
        admin = server.setUp();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_command_of_the_pages_works_and_answers_what_they_say() throws Exception {
        var blocks = blocks();
        assertThat(blocks).hasSizeGreaterThan(15);
        var work = Files.createDirectory(folder.resolve("work"));

        int exit = shell(work, blocks);

        var said = Files.readString(work.resolve("out"));
        assertThat(exit).describedAs("%s%s", said, Files.readString(work.resolve("err"))).isZero();
        assertThat(said.lines()).containsSubsequence(answers(blocks));
        assertThat(verify(work.resolve("ledger.bundle"))).isZero();
        holdEventsAgainstTheirDescription();
    }

    /// What the page did left events of many types: their details are those that `openapi.yaml` lists.
    private void holdEventsAgainstTheirDescription() throws Exception {
        var types = ApiDocument.map(ApiDocument.read().schema("EventType").get("x-event-types"));
        var events = admin.get("/api/audit?limit=200").requireStatus(200).json().path("items");
        assertThat(events.size()).isGreaterThan(15);
        for (var event : events) {
            var type = event.path("type").asString();
            var details = ApiDocument.map(types.get(type)).get("details");
            assertThat((List<?>) details)
                    .describedAs(type)
                    .map(String::valueOf)
                    .containsAll(event.path("details").propertyNames());
        }
    }

    private int shell(Path work, List<String> blocks) throws Exception {
        var script = new StringBuilder("set -euo pipefail\n");
        for (int i = 0; i < blocks.size(); i++) {
            script.append("echo block %d >&2\n".formatted(i + 1)).append(blocks.get(i));
        }
        var process =
                new ProcessBuilder("bash", Files.writeString(work.resolve("page.sh"), script) + "")
                        .directory(work.toFile())
                        .redirectOutput(work.resolve("out").toFile())
                        .redirectError(work.resolve("err").toFile());
        process.environment().putAll(surroundings());
        var running = process.start();
        try {
            assertThat(running.waitFor(PATIENCE, TimeUnit.SECONDS))
                    .describedAs("ended in %d s", PATIENCE)
                    .isTrue();
            return running.exitValue();
        } finally {
            running.destroyForcibly();
        }
    }

    private Map<String, String> surroundings() throws Exception {
        var appliance = server.sddcManager();
        return Map.of(
                "HOLDFAST", server.url().toString(),
                "HOLDFAST_CA", server.certificate().toString(),
                "HOLDFAST_USER", LiveServer.ADMIN,
                "HOLDFAST_PASSWORD", Person.PASSWORD,
                "TOKEN", token(),
                "SDDC_HOST", "localhost",
                "SDDC_PORT", Integer.toString(appliance.port()),
                "SDDC_USER", appliance.user(),
                "SDDC_PASSWORD", appliance.password(),
                "SDDC_FINGERPRINT", appliance.fingerprint());
    }

    /// {@return a token that may do all that its maker may}
    private String token() throws Exception {
        var permissions = new ArrayList<String>();
        admin.get("/api/me")
                .json()
                .path("permissions")
                .forEach(one -> permissions.add(one.asString()));
        return admin.post(
                        "/api/tokens",
                        Map.of("name", "page", "permissions", permissions, "expiresInDays", 1))
                .requireStatus(201)
                .json()
                .path("secret")
                .asString();
    }

    private static List<String> blocks() throws IOException {
        var text = new StringBuilder();
        for (var page : List.of("api", "policy")) {
            text.append(Files.readString(GoldenFile.root().resolve("docs/" + page + ".md")));
        }
        return BLOCK.matcher(text).results().map(block -> block.group(1)).toList();
    }

    private static List<String> answers(List<String> blocks) {
        return ANSWER.matcher(String.join("", blocks))
                .results()
                .map(answer -> answer.group(1))
                .toList();
    }

    private static int verify(Path bundle) {
        return Main.run(
                List.of("ledger", "verify", bundle.toString()),
                new PrintStream(PrintStream.nullOutputStream()),
                new PrintStream(PrintStream.nullOutputStream()));
    }
}
