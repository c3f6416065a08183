package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.client.Surroundings;
import holdfast.client.Terminal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The root key moves to another method by one command, against a real server; then the configuration must follow.
class SealMoveTest {
    private static final String PASSWORD = "correct-horse-Battery-9";
    private static final String PASSPHRASE = "nine sour plums in a row";

    @TempDir Path folder;
    private Path state;
    private Path passphrase;
    private String out = "";
    private String err = "";

    @BeforeEach
    void prepare() throws IOException {
        state =
                Files.createDirectory(
                        folder.resolve("state"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
    }

    @Test
    void one_command_moves_it_and_the_next_start_needs_the_new_method() throws Exception {
        try (var holdfast = serve("key-file")) {
            signIn(holdfast);
            assertThat(run("", "seal", "show")).describedAs(err).isZero();
            assertThat(out).contains("key-file", "lies beside the data");

            assertThat(change("passphrase", "fifteen letters")).isEqualTo(1);
            assertThat(err).contains("16 characters").doesNotContain("fifteen letters");
            assertThat(state.resolve("master.key")).exists();

            assertThat(change("passphrase", PASSPHRASE)).describedAs(err).isZero();
            assertThat(out).contains("unseal: passphrase", "passphrase-file");
            assertThat(state.resolve("master.key")).doesNotExist();
            assertThat(run("", "audit", "search", "--type", "seal.move")).isZero();
            assertThat(out).containsOnlyOnce("seal.move").doesNotContain(PASSPHRASE);
        }

        var refusal = catchThrowableOfType(Refusal.class, () -> serve("key-file").close());
        assertThat(refusal.problem()).isEqualTo(Problem.SEALED);
        assertThat(refusal.detail()).contains("set `unseal: passphrase`", "passphrase-file");
        assertThat(state.resolve("master.key")).doesNotExist();
        try (var holdfast = serve("passphrase")) {
            assertThat(holdfast.setupCode()).isEmpty(); // the same state, its administrator in it
        }
    }

    @Test
    void it_moves_back_to_a_new_key_file() throws Exception {
        try (var holdfast = serve("passphrase")) {
            signIn(holdfast);
            assertThat(state.resolve("master.key")).doesNotExist();

            assertThat(run("", "seal", "change", "--to", "key-file")).describedAs(err).isZero();

            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(state.resolve("master.key"))))
                    .isEqualTo("rw-------");
        }

        var refusal = catchThrowableOfType(Refusal.class, () -> serve("passphrase").close());
        assertThat(refusal.detail()).contains("set `unseal: key-file`");
        serve("key-file").close();
    }

    private int change(String method, String typed) {
        return run(typed, "seal", "change", "--to", method, "--passphrase-file", "-");
    }

    private Holdfast serve(String method) {
        var flags =
                new ArrayList<>(List.of("--state-dir", state.toString(), "--address", "127.0.0.1"));
        flags.addAll(List.of("--port", "0", "--unseal", method));
        if (method.equals("passphrase")) {
            flags.addAll(List.of("--passphrase-file", passphrase.toString()));
        }
        return Holdfast.start(Config.from(flags, Map.of(), folder));
    }

    private void signIn(Holdfast holdfast) throws Exception {
        var url = "https://localhost:" + holdfast.port();
        var fingerprint = OwnCertificate.fingerprint(holdfast.certificate(), Chance.crypto());
        ClientTest.setUp(holdfast, url);
        int exit =
                run(
                        PASSWORD,
                        "login",
                        url,
                        "--fingerprint",
                        fingerprint,
                        "--username",
                        "ada",
                        "--password-file",
                        "-");
        assertThat(exit).describedAs(err).isZero();
    }

    private int run(String input, String... arguments) {
        var said = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        var around =
                new Surroundings(
                        Map.of(),
                        folder,
                        new Nobody(),
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        said);
        var line = Commands.line(around);
        line.setOut(new PrintWriter(said, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(complained, true, StandardCharsets.UTF_8));
        int exit = line.execute(arguments);
        out = said.toString(StandardCharsets.UTF_8);
        err = complained.toString(StandardCharsets.UTF_8);
        return exit;
    }

    private record Nobody() implements Terminal {
        @Override
        public boolean isPresent() {
            return false;
        }

        @Override
        public String ask(String question) {
            throw new IllegalStateException("nobody is there");
        }

        @Override
        public String askSecret(String question) {
            throw new IllegalStateException("nobody is there");
        }
    }
}
