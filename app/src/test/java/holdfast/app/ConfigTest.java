package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the configuration promises.
class ConfigTest {
    @TempDir Path home;

    @Test
    void nothing_at_all_is_a_valid_configuration() {
        var config = read(List.of(), Map.of());

        assertThat(config.stateDir()).isEqualTo(home.resolve(".holdfast"));
        assertThat(config.port()).isEqualTo(8443);
        assertThat(config.database()).isEmpty();
    }

    @Test
    void a_flag_beats_the_environment_which_beats_the_file() throws IOException {
        var file =
                Files.writeString(
                        home.resolve("holdfast.yaml"),
                        "port: 1001\naddress: 10.0.0.1\nlog-level: DEBUG\n");
        var environment = Map.of("HOLDFAST_PORT", "1002", "HOLDFAST_ADDRESS", "10.0.0.2");

        var config = read(List.of("--config", file.toString(), "--port=1003"), environment);

        assertThat(config.port()).isEqualTo(1003);
        assertThat(config.address()).isEqualTo("10.0.0.2");
        assertThat(config.logging().level()).isEqualTo("DEBUG");
    }

    @Test
    void all_mistakes_are_told_at_once() {
        var mistakes =
                mistakes(
                        List.of("--port", "99999", "--colour", "red", "--log-level", "LOUD"),
                        Map.of("HOLDFAST_UNSEAL", "passphrase", "HOLDFAST_PASSPHRASE", "short"));

        assertThat(mistakes)
                .containsExactlyInAnyOrder(
                        "--colour: there is no option 'colour'",
                        "--port: port: must be 0-65535, is '99999'",
                        "--log-level: log-level: must be one of DEBUG, INFO, WARNING, ERROR,"
                                + " CRITICAL, is 'LOUD'",
                        "HOLDFAST_PASSPHRASE: passphrase: must have 16 characters or more");
    }

    @Test
    void a_mistake_never_echoes_a_passphrase() {
        var mistakes =
                mistakes(
                        List.of(),
                        Map.of("HOLDFAST_UNSEAL", "passphrase", "HOLDFAST_PASSPHRASE", "hunter2"));

        assertThat(mistakes).noneMatch(mistake -> mistake.contains("hunter2"));
    }

    @Test
    void a_value_can_stand_in_a_file_of_its_own() throws IOException {
        var secret = Files.writeString(home.resolve("secret"), "correct horse battery staple\n");
        var environment =
                Map.of(
                        "HOLDFAST_UNSEAL",
                        "passphrase",
                        "HOLDFAST_PASSPHRASE_FILE",
                        secret.toString());

        assertThat(read(List.of(), environment).unseal().passphrase())
                .isEqualTo("correct horse battery staple");
    }

    @Test
    void more_than_one_node_on_sqlite_is_refused_with_the_reason() {
        assertThat(mistakes(List.of("--nodes", "2"), Map.of()))
                .singleElement()
                .asString()
                .contains("needs PostgreSQL", "database-url");
    }

    @Test
    void the_servers_role_must_not_own_the_tables() {
        var flags =
                List.of(
                        "--database-url", "jdbc:postgresql://localhost/holdfast",
                        "--database-user", "holdfast",
                        "--database-owner", "holdfast");

        assertThat(mistakes(flags, Map.of())).singleElement().asString().contains("owns nothing");
    }

    @Test
    void a_value_and_the_file_of_a_value_together_are_a_mistake() throws IOException {
        var secret = Files.writeString(home.resolve("secret"), "correct horse battery staple\n");
        var environment =
                Map.of(
                        "HOLDFAST_PASSPHRASE",
                        "another passphrase of size",
                        "HOLDFAST_PASSPHRASE_FILE",
                        secret.toString());

        assertThat(mistakes(List.of(), environment))
                .singleElement()
                .asString()
                .contains("passphrase or passphrase-file, not both")
                .doesNotContain("staple", "another");
    }

    @Test
    void what_the_launcher_and_the_client_read_is_no_mistake() {
        var environment =
                Map.of(
                        "HOLDFAST_HEAP", "512m",
                        "HOLDFAST_URL", "https://localhost:8443",
                        "HOLDFAST_TOKEN", "hf_x",
                        "HOLDFAST_FINGERPRINT", "AA");

        assertThat(read(List.of(), environment).port()).isEqualTo(8443);
    }

    @Test
    void the_file_that_init_writes_is_valid_and_says_nothing_yet() throws IOException {
        var file = Files.writeString(home.resolve("holdfast.yaml"), ConfigCommand.template(false));

        assertThat(read(List.of("--config", file.toString()), Map.of()))
                .isEqualTo(read(List.of(), Map.of()));
        assertThat(ConfigCommand.template(true)).contains("# HOLDFAST_PORT=8443\n");
    }

    @Test
    void setting_an_option_keeps_every_other_line() throws IOException {
        var file = home.resolve("holdfast.yaml");
        Files.writeString(file, "# ours\naddress: 10.0.0.1 # the inner one\n# port: 8443\n");

        new ConfigFile(file).set(Option.PORT, "443");
        new ConfigFile(file).set(Option.LOG_LEVEL, "DEBUG");
        new ConfigFile(file).set(Option.PUBLIC_NAMES, "a.example, \"b\": #c");

        assertThat(file)
                .hasContent(
                        """
                        # ours
                        address: 10.0.0.1 # the inner one
                        port: 443
                        log-level: DEBUG
                        public-names: "a.example, \\"b\\": #c"
                        """);
        var config = read(List.of("--config", file.toString()), Map.of());
        assertThat(config.port()).isEqualTo(443);
        assertThat(config.publicNames()).containsExactly("a.example", "\"b\": #c");
    }

    @Test
    void a_mistake_is_not_written() throws IOException {
        var file = Files.writeString(home.resolve("holdfast.yaml"), "port: 443\n");

        var mistakes =
                catchThrowableOfType(
                        ConfigMistakes.class, () -> new ConfigFile(file).set(Option.PORT, "99999"));

        assertThat(mistakes.mistakes())
                .containsExactly(file + ": port: must be 0-65535, is '99999'");
        assertThat(file).hasContent("port: 443\n");
        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_secret_is_set_from_a_file_and_shown_by_nothing() throws IOException {
        var file = home.resolve("holdfast.yaml");
        var secret = Files.writeString(home.resolve("secret"), "correct horse battery staple\n");

        assertThat(said(2, "config", "set", "passphrase", "hunter2", "--config", file.toString()))
                .contains("--value-file")
                .doesNotContain("hunter2");
        said(
                0,
                "config",
                "set",
                "passphrase",
                "--value-file",
                secret.toString(),
                "--config",
                file.toString());
        said(0, "config", "set", "port", "443", "--config", file.toString());

        assertThat(Files.readString(file)).contains("staple");
        assertThat(said(0, "config", "diff", "--config", file.toString()))
                .contains("port: '443', default '8443', from " + file, "passphrase: (set)")
                .doesNotContain("staple", "address");
        assertThat(said(0, "config", "explain", "--config", file.toString()))
                .doesNotContain("staple");
        assertThat(
                        java.nio.file.attribute.PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void an_unknown_option_is_not_set() {
        assertThat(
                        said(
                                2,
                                "config",
                                "set",
                                "colour",
                                "red",
                                "--config",
                                home.resolve("h.yaml").toString()))
                .contains("there is no option 'colour'");
    }

    private static String said(int exit, String... arguments) {
        var out = new java.io.ByteArrayOutputStream();
        var stream = new java.io.PrintStream(out, true, java.nio.charset.StandardCharsets.UTF_8);

        assertThat(Main.run(List.of(arguments), stream, stream))
                .describedAs("%s", out)
                .isEqualTo(exit);
        return out.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void docs_configuration_lists_every_option() throws IOException {
        GoldenFile.check("docs/configuration.md", ConfigurationPage.text());
    }

    private Config read(List<String> flags, Map<String, String> environment) {
        return Config.from(flags, environment, home);
    }

    private List<String> mistakes(List<String> flags, Map<String, String> environment) {
        var mistakes = catchThrowableOfType(ConfigMistakes.class, () -> read(flags, environment));
        return mistakes.mistakes();
    }
}
