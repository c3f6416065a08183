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
                        "--log-level: log-level: must be one of DEBUG, INFO, WARNING, ERROR, is 'LOUD'",
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
