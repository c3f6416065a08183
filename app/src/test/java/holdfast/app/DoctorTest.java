package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `holdfast doctor` finds, with its cure, and what its bundle keeps to itself.
class DoctorTest {
    private static final String PASSPHRASE = "marked-passphrase-0123456789";
    private static final String TOKEN = "hf_markedTokenMarkedTokenMarkedToken";

    @TempDir Path folder;
    private Path state;
    private Path passphrase;
    private Holdfast holdfast;

    @BeforeEach
    void start() throws IOException {
        state =
                Files.createDirectory(
                        folder.resolve("state"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE);
        holdfast = Holdfast.start(config(0));
    }

    @AfterEach
    void stop() {
        holdfast.close();
    }

    @Test
    void beside_a_running_server_its_state_port_and_certificate_are_fine() throws IOException {
        var config = config(holdfast.port());

        assertThat(new StateChecks(config, Chance.CLOCK).all())
                .filteredOn(finding -> !finding.what().contains("MiB free"))
                .allSatisfy(finding -> assertThat(finding.line()).startsWith("ok "))
                .extracting(Finding::what)
                .anyMatch(what -> what.matches("database SQLite 3\\.[0-9.]+"))
                .contains("the clock is not behind the ledger");
        assertThat(new EdgeChecks(config, Chance.CLOCK).all())
                .allSatisfy(finding -> assertThat(finding.line()).startsWith("ok "))
                .extracting(Finding::what)
                .anyMatch(what -> what.contains("is served by this server"))
                .anyMatch(what -> what.contains("belongs to the certificate"));
    }

    @Test
    void a_port_of_somebody_else_is_trouble() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(edge(other.getLocalPort(), Instant.now()))
                    .anyMatch(line ->
                            line.matches("TROUBLE  port [0-9]+: .* choose another --port.*"));
        }
    }

    @Test
    void an_ended_certificate_and_one_that_has_not_begun_are_trouble() {
        var now = Instant.now();

        assertThat(edge(0, now.plus(Duration.ofDays(390))))
                .anyMatch(line ->
                        line.startsWith("TROUBLE  certificate CN=") && line.contains(" ends "));
        assertThat(edge(0, now.plus(Duration.ofDays(400))))
                .anyMatch(line -> line.contains(" ended "));
        assertThat(edge(0, now.minus(Duration.ofDays(1))))
                .anyMatch(line -> line.contains("is not valid before"));
    }

    @Test
    void the_key_of_another_certificate_is_trouble() throws IOException {
        var other = StateDir.open(folder.resolve("other"));
        var files = new OwnCertificate(other, Chance.CLOCK, Chance.random()).ensure(List.of("x"));
        Files.write(state.resolve("tls/key.pem"), Files.readAllBytes(files.key()));

        assertThat(edge(0, Instant.now()))
                .anyMatch(
                        line -> line.startsWith("TROUBLE  the key ") && line.contains("does not"));

        Files.writeString(state.resolve("tls/key.pem"), "nonsense");
        assertThat(edge(0, Instant.now())).anyMatch(line -> line.contains("cannot be used"));
    }

    @Test
    void a_clock_behind_the_ledger_and_a_file_open_to_others_are_trouble() throws IOException {
        var loose = state.resolve("keys.db");
        recorded();
        Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(
                        new StateChecks(
                                        config(0),
                                        InstantSource.fixed(Instant.now().minusSeconds(3600)))
                                .all())
                .extracting(Finding::line)
                .anyMatch(line ->
                        line.matches("TROUBLE  the clock is 3,[56].. s behind .*timedatectl.*"))
                .anyMatch(line -> line.contains("chmod go= '%s'".formatted(loose)));
    }

    @Test
    void the_bundle_has_what_helps_and_no_secret() throws IOException {
        var logs = Files.createDirectories(state.resolve("log"));
        Files.writeString(
                logs.resolve("holdfast.log"),
                "who wrote this? passphrase=%s %s Authorization: Bearer %s\nthe end\n"
                        .formatted(PASSPHRASE, PASSPHRASE, TOKEN),
                StandardOpenOption.CREATE);
        var file = folder.resolve("bundle.zip");
        var out = new ByteArrayOutputStream();

        int exit =
                Main.run(
                        List.of(
                                "doctor",
                                "--state-dir",
                                state.toString(),
                                "--unseal",
                                "passphrase",
                                "--passphrase-file",
                                passphrase.toString(),
                                "--port",
                                String.valueOf(holdfast.port()),
                                "--address",
                                "127.0.0.1",
                                "--bundle",
                                file.toString()),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        System.err);

        var said = out.toString(StandardCharsets.UTF_8);
        assertThat(exit).describedAs(said).isEqualTo(said.contains("TROUBLE") ? 1 : 0);
        assertThat(said).contains("AES", "open files: ", "is served by this server", "wrote ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var entries = unzipped(file);
        assertThat(entries)
                .containsKeys("doctor.txt", "configuration.txt", "program.txt", "state.txt");
        assertThat(entries.get("log/holdfast.log")).contains("the end");
        assertThat(entries.get("state.txt")).contains("holdfast.db", "keys.db");
        assertThat(entries.get("configuration.txt")).containsPattern("passphrase +\\(set\\)");
        var all = String.join("\n", entries.values());
        for (var secret : List.of(PASSPHRASE, TOKEN, privateKey())) {
            assertThat(all).doesNotContain(secret).doesNotContain(base64(secret));
        }
    }

    /// {@return a line of the key of the certificate}
    private String privateKey() throws IOException {
        return Files.readAllLines(state.resolve("tls/key.pem")).get(1);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// One event that has its place in the ledger.
    private void recorded() throws IOException {
        var password = Files.writeString(folder.resolve("password"), "correct-horse-Battery-9");
        holdfast.close();
        assertThat(
                        Main.run(
                                List.of(
                                        "recover-admin",
                                        "ada",
                                        "--state-dir",
                                        state.toString(),
                                        "--unseal",
                                        "passphrase",
                                        "--passphrase-file",
                                        passphrase.toString(),
                                        "--new-password-file",
                                        password.toString()),
                                new PrintStream(new ByteArrayOutputStream(), true),
                                System.err))
                .isZero();
    }

    private List<String> edge(int port, Instant now) {
        return new EdgeChecks(config(port), InstantSource.fixed(now))
                .all().stream().map(Finding::line).toList();
    }

    private Config config(int port) {
        var flags =
                List.of(
                        "--state-dir",
                        state.toString(),
                        "--unseal",
                        "passphrase",
                        "--passphrase-file",
                        passphrase.toString(),
                        "--port",
                        String.valueOf(port),
                        "--address",
                        "127.0.0.1");
        return Config.from(flags, Map.of(), folder);
    }

    private static Map<String, String> unzipped(Path file) throws IOException {
        var entries = new HashMap<String, String>();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                entries.put(
                        entry.getName(),
                        new String(
                                zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }
}
