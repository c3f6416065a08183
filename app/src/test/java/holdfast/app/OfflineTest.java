package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the commands promise that work on the state itself.
class OfflineTest {
    @TempDir Path folder;
    private Path state;
    private Path password;
    private String out = "";
    private String err = "";

    @BeforeEach
    void prepare() throws IOException {
        state =
                Files.createDirectory(
                        folder.resolve("state"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        password = Files.writeString(folder.resolve("password"), "correct-horse-Battery-9\n");
    }

    @Test
    void the_ledger_of_a_running_server_is_verified_beside_it() {
        try (var _ = serve()) {
            assertThat(run("ledger", "verify", "--state-dir", state.toString()))
                    .describedAs(out + err)
                    .isZero();
        }

        assertThat(out).contains("key ", "sound: ");
    }

    @Test
    void a_changed_event_is_found_and_named() throws SQLException {
        serve().close();
        recover();
        change("UPDATE ledger_event SET action = 'nothing.happened'");

        assertThat(run("ledger", "verify", "--state-dir", state.toString())).isEqualTo(1);

        assertThat(out).contains("BROKEN at event 0: ");
    }

    @Test
    void verifying_nothing_is_refused_and_makes_nothing() throws IOException {
        assertThat(run("ledger", "verify", "--state-dir", state.toString())).isEqualTo(1);

        assertThat(err).contains("there is no database");
        try (var files = Files.list(state)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void an_administrator_is_recovered_with_the_server_stopped_and_leaves_one_event()
            throws SQLException {
        serve().close();
        long before = events();

        recover();

        assertThat(out).contains("ada is an administrator");
        assertThat(events()).isEqualTo(before + 1);
        assertThat(run("ledger", "verify", "--state-dir", state.toString())).isZero();
    }

    @Test
    void an_administrator_is_not_recovered_beside_a_running_server() {
        try (var _ = serve()) {
            assertThat(
                            run(
                                    "recover-admin",
                                    "ada",
                                    "--state-dir",
                                    state.toString(),
                                    "--new-password-file",
                                    password.toString()))
                    .isEqualTo(1);
        }

        assertThat(err).contains("another node uses");
    }

    @Test
    void a_weak_password_recovers_nobody() throws IOException, SQLException {
        serve().close();
        long before = events();
        Files.writeString(password, "password1234\n");

        assertThat(
                        run(
                                "recover-admin",
                                "ada",
                                "--state-dir",
                                state.toString(),
                                "--new-password-file",
                                password.toString()))
                .isEqualTo(1);

        assertThat(events()).isEqualTo(before);
        assertThat(err).doesNotContain("password1234");
    }

    @Test
    void the_log_of_a_recovery_is_not_needed_to_find_a_wrong_directory() {
        assertThat(
                        run(
                                "recover-admin",
                                "ada",
                                "--state-dir",
                                folder.resolve("none").toString(),
                                "--new-password-file",
                                password.toString()))
                .isEqualTo(1);

        assertThat(err).contains("--state-dir");
    }

    private Holdfast serve() {
        var flags =
                List.of("--state-dir", state.toString(), "--port", "0", "--address", "127.0.0.1");
        return Holdfast.start(Config.from(flags, Map.of(), folder));
    }

    private void recover() {
        assertThat(
                        run(
                                "recover-admin",
                                "ada",
                                "--state-dir",
                                state.toString(),
                                "--new-password-file",
                                password.toString()))
                .describedAs(err)
                .isZero();
    }

    private long events() throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + state.resolve("holdfast.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM ledger_event")) {
            return rows.getLong(1);
        }
    }

    private void change(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + state.resolve("holdfast.db"));
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private int run(String... arguments) {
        var said = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        int exit =
                Main.run(
                        List.of(arguments),
                        new PrintStream(said, true, StandardCharsets.UTF_8),
                        new PrintStream(complained, true, StandardCharsets.UTF_8));
        out = said.toString(StandardCharsets.UTF_8);
        err = complained.toString(StandardCharsets.UTF_8);
        return exit;
    }
}
