package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Files of credentials, read by Python's own `csv` and `json`, by openpyxl and by PyYAML.
class ExportReadBackTest {
    /// Debian's, which has Debian's modules.
    private static final String PYTHON = "/usr/bin/python3";

    private static final TypeReference<List<Map<String, String>>> ROWS = new TypeReference<>() {};

    private static final List<String> VALUES =
            List.of(
                    "=1+1",
                    "+1",
                    "-1",
                    "@SUM(A1)",
                    "'quoted'",
                    "\"double\" \"\"",
                    "a,b;c|d",
                    "two\nlines\n",
                    "windows\r\nlines\r\n",
                    "lone\rreturn\r",
                    "\rbegins with a return",
                    "\tbegins with a tab",
                    "=\"=\"\r\n\t,'",
                    "smile 😀 👩‍👩‍👧 🇩🇪",
                    "𝔘𝔫𝔦 𠜎 \uDBFF\uDFFD",
                    "e\u0301 combined, é composed",
                    "  spaces on both sides  ",
                    "\u00A0no-break\u2028line\u2029paragraph\u0085next",
                    "\uFEFFbegins with a mark",
                    "_x0041_",
                    "_x0041_x0042_ _x005F_",
                    "_x0041\u0001",
                    "\u0001\u0008\u000B\u001B\u001F\u007F\u009F",
                    "\uFFFE\uFFFF",
                    "Lang🔑 ".repeat(4_600), // 32,200 UTF-16 units, a blank last
                    "007",
                    "1e3",
                    "2026-02-29",
                    "12:30",
                    "NULL",
                    "true",
                    "~",
                    "#N/A",
                    "<is>&amp;]]></is>",
                    "\\n\\u0041\\",
                    "- !!int {a: [b]} # &c *d",
                    "%s ${HOME} `id`");

    @TempDir Path folder;
    private LiveServer server;
    private Person admin;

    @BeforeEach
    void start() throws Exception {
        server = LiveServer.start(folder, "--rate-heavy", "1000");
        admin = server.setUp();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_format_gives_every_value_back_to_python() throws Exception {
        var estate = server.sddcManager().estate();
        var rows = estate.credentials();
        assertThat(rows).hasSameSizeAs(VALUES);
        for (int i = 0; i < rows.size(); i++) {
            estate.setPassword(rows.get(i).id(), VALUES.get(i));
        }
        var wanted =
                estate.credentials().stream()
                        .collect(
                                Collectors.toMap(
                                        row ->
                                                key(
                                                        row.component().name(),
                                                        row.account().credentialType(),
                                                        row.account().username()),
                                        row -> row.password()));
        var environment = synced();

        var json = exported(environment, "json", "json");
        assertThat(passwords(json)).isEqualTo(wanted);
        assertThat(exported(environment, "yaml", "yaml")).isEqualTo(json);
        assertThat(exported(environment, "csv", "csv")).isEqualTo(json);
        assertThat(exported(environment, "excel", "xlsx")).isEqualTo(json);
        assertThat(unguarded(exported(environment, "csv?guard=true", "csv"))).isEqualTo(json);
    }

    private String synced() throws Exception {
        var body = new HashMap<>(server.environment("Read back"));
        body.remove("installer");
        var id =
                admin.post("/api/environments", body)
                        .requireStatus(201)
                        .json()
                        .path("id")
                        .asString();
        var run = admin.post("/api/environments/" + id + "/sync?wait=60", "").requireStatus(200);
        assertThat(run.json().path("status").asString()).isEqualTo("SUCCESS");
        return id;
    }

    private List<Map<String, String>> exported(String environment, String format, String ending)
            throws IOException, InterruptedException {
        var answer =
                admin.get("/api/environments/" + environment + "/export/" + format)
                        .requireStatus(200);
        var file = folder.resolve("exported." + ending);
        Files.write(file, answer.answer().body());
        return read(file);
    }

    /// {@return rows as column → text, without empty cells}
    private static List<Map<String, String>> read(Path file)
            throws IOException, InterruptedException {
        var script = GoldenFile.root().resolve("app/src/test/resources/read-back.py");
        var python =
                new ProcessBuilder(PYTHON, script.toString(), file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as("exit code for " + file.getFileName()).isZero();
        return new JsonMapper().readValue(said, ROWS);
    }

    private static Map<String, String> passwords(List<Map<String, String>> rows) {
        return rows.stream()
                .collect(
                        Collectors.toMap(
                                row ->
                                        key(
                                                row.getOrDefault("resourceName", ""),
                                                row.getOrDefault("credentialType", ""),
                                                row.getOrDefault("username", "")),
                                row -> row.getOrDefault("password", "")));
    }

    private static String key(String resource, String type, String username) {
        return String.join(" ", resource, type, username);
    }

    /// As `openapi.yaml` says: one leading `'` taken away gives the value back.
    private static List<Map<String, String>> unguarded(List<Map<String, String>> rows) {
        return rows.stream()
                .map(row ->
                        row.entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                cell -> cell.getValue().replaceFirst("^'", ""))))
                .toList();
    }
}
