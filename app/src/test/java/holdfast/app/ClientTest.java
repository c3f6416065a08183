package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.client.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the client commands promise, against a server in this process.
class ClientTest {
    private static final String PASSWORD = "correct-horse-Battery-9";

    @TempDir static Path folder;

    private static Holdfast holdfast;

    private static String fingerprint;

    private static String url;

    @TempDir Path home;

    private final Map<String, String> environment = new HashMap<>();

    private final Deque<String> typed = new ArrayDeque<>();

    private String input = "";

    private String out = "";

    private String err = "";

    @BeforeAll
    static void start() throws Exception {
        var state =
                Files.createDirectory(
                        folder.resolve("state"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        var flags =
                List.of("--state-dir", state.toString(), "--port", "0", "--address", "127.0.0.1");
        holdfast = Holdfast.start(Config.from(flags, Map.of(), folder));
        url = "https://localhost:" + holdfast.port();
        fingerprint = OwnCertificate.fingerprint(holdfast.certificate(), Chance.crypto());
        setUp(holdfast, url);
    }

    /// Makes the first administrator.
    static void setUp(Holdfast holdfast, String url) throws Exception {
        var body =
                "{\"code\": \"%s\", \"username\": \"ada\", \"password\": \"%s\"}"
                        .formatted(holdfast.setupCode().orElseThrow(), PASSWORD);
        try (var client =
                HttpClient.newBuilder()
                        .sslContext(ContractTest.believing(holdfast.certificate()))
                        .build()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(URI.create(url + "/api/setup"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(201);
        }
    }

    @AfterAll
    static void stop() {
        holdfast.close();
    }

    @BeforeEach
    void forget() {
        environment.clear();
        typed.clear();
    }

    @Test
    void the_token_is_kept_in_a_file_for_its_owner_alone_and_the_password_nowhere()
            throws IOException {
        signIn();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(loginFile())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(loginFile()))
                .contains(url, fingerprint, "hf_")
                .doesNotContain(PASSWORD);
        assertThat(run("whoami")).isZero();
        assertThat(out).contains("ada", "ADMIN");
    }

    @Test
    void a_certificate_nobody_believes_is_shown_and_nothing_is_sent() {
        assertThat(run("login", url, "--username", "ada", "--password-file", "-")).isEqualTo(1);

        assertThat(err).contains(fingerprint, "--fingerprint");
    }

    @Test
    void at_a_terminal_the_fingerprint_is_confirmed_and_the_password_asked_for() {
        typed.addAll(List.of("yes", "ada", PASSWORD));

        assertThat(run("login", url)).isZero();

        assertThat(err).contains(fingerprint);
        assertThat(run("status")).isZero();
    }

    @Test
    void another_certificate_than_the_pinned_one_gets_no_password() {
        input = PASSWORD;
        var other = fingerprint.replace(fingerprint.charAt(0), '0').replaceFirst("..", "A7");

        int exit = logIn(other, "ada", "-");

        assertThat(exit).isEqualTo(1);
        assertThat(err).contains("certificate", fingerprint);
    }

    @Test
    void a_refusal_is_one_sentence_with_its_code_and_request_id() {
        input = "wrong-password-entirely";

        int exit = logIn(fingerprint, "nobody", "-");

        assertThat(exit).isEqualTo(1);
        assertThat(err)
                .containsPattern("\\(sign-in-refused, request [0-9a-f-]{36}\\)")
                .doesNotContain(input, "Exception", "\tat ");
        assertThat(loginFile()).doesNotExist();
    }

    @Test
    void json_is_the_answer_of_the_api_as_it_is() {
        signIn();

        assertThat(run("user", "list", "--json")).isZero();

        assertThat(out)
                .startsWith("{")
                .contains("\"items\":[", "\"username\":\"ada\"", "\"total\":");
    }

    @Test
    void a_change_keeps_what_was_not_given_and_every_window_is_fetched() {
        signIn();
        for (var name : List.of("grace", "linus")) {
            input = "a-first-Password-7";
            assertThat(
                            run(
                                    "user",
                                    "create",
                                    name,
                                    "--role",
                                    "USER",
                                    "--full-name",
                                    "G H",
                                    "--password-file",
                                    "-"))
                    .describedAs(err)
                    .isZero();
        }

        assertThat(run("user", "edit", "grace", "--role", "AUDITOR")).describedAs(err).isZero();
        assertThat(out).contains("G H", "AUDITOR");
        assertThat(run("user", "list", "--limit", "1")).isZero();
        assertThat(out).contains("more: --cursor");
        assertThat(run("user", "list", "--limit", "1", "--all")).isZero();
        assertThat(out).contains("ada", "grace", "linus").doesNotContain("more:");
        assertThat(run("user", "disable", "Grace")).isZero();
        assertThat(run("user", "enable", "grace")).isZero();
    }

    @Test
    void settings_change_by_what_was_read() {
        signIn();

        assertThat(run("settings", "set", "--due-soon-days", "45")).describedAs(err).isZero();
        assertThat(run("settings", "get")).isZero();

        assertThat(out)
                .containsPattern("dueSoonDays +45")
                .containsPattern("removalHoldPercent +30");
    }

    @Test
    void the_accent_is_one_of_those_there_are_and_everybody_is_told() {
        signIn();

        assertThat(run("settings", "set", "--accent", "RED")).isEqualTo(1);
        assertThat(err)
                .contains("/accent", "must be one of BLUE, TEAL, GREEN, VIOLET, MAGENTA, AMBER");

        assertThat(run("settings", "set", "--accent", "TEAL")).describedAs(err).isZero();
        assertThat(run("settings", "set", "--due-soon-days", "45")).describedAs(err).isZero();
        assertThat(run("settings", "get")).isZero();
        assertThat(out).containsPattern("accent +TEAL");
        assertThat(run("whoami")).isZero();
        assertThat(out).containsPattern("accent +TEAL");
    }

    @Test
    void field_errors_name_the_field() {
        signIn();

        assertThat(run("settings", "set", "--due-soon-days", "0")).isEqualTo(1);

        assertThat(err).contains("/dueSoonDays");
    }

    @Test
    void what_is_used_wrongly_ends_with_2_and_says_where_help_is() {
        assertThat(run("user", "create")).isEqualTo(2);
        assertThat(err).contains("holdfast user create --help");
        assertThat(run("user")).isEqualTo(2);
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(run("settings", "set", "--due-soon-days", "soon")).isNotZero();
        assertThat(run("login", "http://plain.example")).isEqualTo(2);
    }

    @Test
    void the_environment_takes_the_place_of_the_file() throws IOException {
        signIn();
        var token =
                Files.readString(loginFile())
                        .replaceFirst("(?s).*\"token\":\"(hf_[^\"]+)\".*", "$1");
        Files.delete(loginFile());
        assertThat(run("whoami")).isEqualTo(1);
        assertThat(err).contains("holdfast login URL");
        environment.putAll(
                Map.of(
                        "HOLDFAST_URL", url,
                        "HOLDFAST_TOKEN", token,
                        "HOLDFAST_FINGERPRINT", fingerprint.replace(":", "")));

        assertThat(run("whoami")).describedAs(err).isZero();
    }

    @Test
    void a_stored_token_never_goes_to_another_server() {
        signIn();
        environment.put("HOLDFAST_URL", "https://elsewhere.example");

        assertThat(run("whoami")).isEqualTo(1);

        assertThat(err).contains("another server");
    }

    @Test
    void a_login_file_that_others_may_read_is_refused_with_the_cure() throws IOException {
        signIn();
        Files.setPosixFilePermissions(loginFile(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(run("whoami")).isEqualTo(1);

        assertThat(err).contains("chmod 600");
    }

    @Test
    void a_download_is_a_new_file_for_its_owner_alone() throws IOException {
        signIn();
        var file = home.resolve("events.csv");

        assertThat(run("audit", "export", "--output", file.toString())).describedAs(err).isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains("token");
        assertThat(run("audit", "export", "--output", file.toString())).isEqualTo(1);
        assertThat(err).contains("exists already");
    }

    @Test
    void a_download_that_is_refused_leaves_no_file() {
        signIn();
        var file = home.resolve("no.csv");

        assertThat(run("audit", "export", "--severity", "LOUD", "--output", file.toString()))
                .isEqualTo(1);

        assertThat(file).doesNotExist();
    }

    @Test
    void signing_out_revokes_the_token() throws IOException {
        signIn();
        var kept = Files.readString(loginFile());

        assertThat(run("logout")).describedAs(err).isZero();

        assertThat(loginFile()).doesNotExist();
        Files.writeString(loginFile(), kept);
        Files.setPosixFilePermissions(loginFile(), PosixFilePermissions.fromString("rw-------"));
        assertThat(run("whoami")).isEqualTo(1);
        assertThat(err).contains("unauthenticated");
    }

    @Test
    void a_person_who_must_change_the_password_does_so_while_signing_in() throws IOException {
        signIn();
        input = "a-first-Password-7";
        assertThat(run("user", "create", "edsger", "--role", "USER", "--password-file", "-"))
                .isZero();
        var first = Files.writeString(home.resolve("first"), "a-first-Password-7\n");
        var second = Files.writeString(home.resolve("second"), "go-to-Considered-1968\n");

        int exit =
                logIn(
                        fingerprint,
                        "edsger",
                        first.toString(),
                        "--new-password-file",
                        second.toString());

        assertThat(exit).describedAs(err).isZero();
        assertThat(run("whoami")).isZero();
        assertThat(out).contains("edsger");
    }

    @Test
    void any_operation_can_be_called() {
        signIn();

        assertThat(run("api", "get", "/api/ping")).isZero();
        assertThat(out).contains("\"ok\"");
    }

    private void signIn() {
        input = PASSWORD + "\n";
        int exit = logIn(fingerprint, "ada", "-");
        assertThat(exit).describedAs(err).isZero();
    }

    private int logIn(String certificate, String name, String passwordFile, String... more) {
        var arguments = new ArrayList<>(List.of("login", url, "--fingerprint", certificate));
        arguments.addAll(List.of("--username", name, "--password-file", passwordFile));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private Path loginFile() {
        return home.resolve(".config/holdfast/login.json");
    }

    private int run(String... arguments) {
        var said = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        var around =
                new Surroundings(
                        environment,
                        home,
                        new Script(typed),
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
}
