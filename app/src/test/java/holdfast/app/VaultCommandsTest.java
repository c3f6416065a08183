package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.client.Surroundings;
import holdfast.client.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets, tenants and rights from the command line, against a server in this process.
class VaultCommandsTest {
    @TempDir static Path folder;
    private static LiveServer server;
    private static Person admin;
    private static String token;
    private static String fingerprint;

    @TempDir Path home;
    private String input = "";
    private String out = "";
    private String err = "";

    @BeforeAll
    static void start() throws Exception {
        server = LiveServer.start(folder, "--rate-sign-in", "1000");
        admin = server.setUp();
        fingerprint = OwnCertificate.fingerprint(server.certificate(), Chance.crypto());
        var permissions = new ArrayList<String>();
        admin.get("/api/me")
                .json()
                .path("permissions")
                .forEach(one -> permissions.add(one.asString()));
        token =
                admin.post(
                                "/api/tokens",
                                Map.of(
                                        "name",
                                        "commands",
                                        "permissions",
                                        permissions,
                                        "expiresInDays",
                                        1))
                        .requireStatus(201)
                        .json()
                        .path("secret")
                        .asString();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_secret_is_stored_read_changed_and_brought_back_by_its_name() throws Exception {
        input = "first\n";
        ok("secret", "add", "prod/shop", "db", "--value-file", "-", "--tag", "database");
        ok("secret", "get", "prod/shop/db");
        assertThat(out).isEqualTo("first\n");
        input = "second";
        ok("secret", "put", "prod/shop/db", "--value-file", "-", "--change", "rotated");
        ok("secret", "get", "prod/shop/db", "--version", "1");
        assertThat(out).isEqualTo("first\n");
        assertThat(
                        run(
                                "secret",
                                "put",
                                "prod/shop/db",
                                "--value-file",
                                "-",
                                "--expected-version",
                                "1"))
                .isEqualTo(1);
        assertThat(err).contains("version-conflict");
        ok("secret", "edit", "prod/shop/db", "--notes", "of the shop");
        ok("secret", "versions", "prod/shop/db");
        assertThat(out).contains("VERSION", "rotated", "DETAILS");
        ok("secret", "rollback", "prod/shop/db", "1");
        ok("secret", "compare", "prod/shop/db", "1", "2", "--values");
        ok("secret", "search", "sho", "--count");
        assertThat(out).contains("prod/shop", "db", "database");
        ok("secret", "folders", "--under", "prod");
        ok("secret", "usage", "prod/shop/db");

        ok("secret", "delete", "prod/shop/db");
        assertThat(run("secret", "get", "prod/shop/db")).isEqualTo(1);
        ok("secret", "undelete", "prod/shop/db");
        ok("secret", "reveal", "prod/shop/db");
        assertThat(out).isEqualTo("first\n");
        ok("secret", "delete", "prod/shop/db");
        ok("secret", "destroy", "prod/shop/db");
        assertThat(run("secret", "show", "prod/shop/db")).isEqualTo(1);
    }

    @Test
    void bytes_come_back_as_they_were_and_a_generated_value_can_be_piped() throws Exception {
        var bytes = Files.write(home.resolve("key"), new byte[] {0, (byte) 0xFF, 7});
        ok("secret", "add", "tls", "server", "--bytes-file", bytes.toString());
        ok("secret", "get", "tls/server");
        assertThat(out).isEqualTo("AP8H\n");

        ok("secret", "generate", "--kind", "PASSWORD", "--length", "24", "--minimum", "digits=3");
        assertThat(out).hasSize(25);
        input = out;
        ok("secret", "strength", "--value-file", "-");
    }

    @Test
    void a_machine_reads_by_its_own_token_what_is_shared_with_it_until_that_is_revoked()
            throws Exception {
        input = "four green pears";
        ok("secret", "add", "builds", "signing", "--value-file", "-");
        ok("machine", "create", "ci-runner", "--description", "builds");
        ok(
                "machine",
                "create-token",
                "ci-runner",
                "nightly",
                "--permission",
                "READ_SECRET",
                "--permission",
                "REVEAL_SECRET",
                "--permission",
                "MANAGE_USER");
        var machine = out.strip();

        assertThat(by(machine, "secret", "get", "builds/signing")).isEqualTo(1);
        ok("share", "create", "builds/signing", "--machine", "ci-runner");
        assertThat(by(machine, "secret", "get", "builds/signing")).as(err).isZero();
        assertThat(out).isEqualTo("four green pears\n");
        assertThat(by(machine, "whoami")).isZero();
        assertThat(out).contains("MACHINE", "ci-runner").doesNotContain("MANAGE_USER");
        ok("access", "why", "REVEAL_SECRET", "secrets/builds/signing", "--person", "ci-runner");

        ok("share", "of", "builds/signing");
        ok("share", "revoke", out.replaceAll("(?s)^.*?([0-9a-f-]{36}).*$", "$1"));
        assertThat(by(machine, "secret", "get", "builds/signing")).isEqualTo(1);

        ok("machine", "edit", "ci-runner", "--role", "AUDITOR");
        ok("access", "assign", "ci-runner", "READ_ONLY", "--kind", "MACHINE");
        ok("machine", "edit", "ci-runner", "--role", "-");
        ok(
                "access",
                "grant",
                "secrets/builds/**",
                "--machine",
                "ci-runner",
                "--permission",
                "REVEAL_SECRET",
                "--permission",
                "READ_SECRET");
        assertThat(by(machine, "secret", "get", "builds/signing")).as(err).isZero();
        ok("machine", "list");
        assertThat(out).contains("ci-runner", "ACTIVE");
        ok("machine", "tokens", "ci-runner");
        assertThat(out).contains("nightly", "REVEAL_SECRET");
        ok("machine", "disable", "ci-runner");
        assertThat(by(machine, "whoami")).isEqualTo(1);
        ok("machine", "enable", "ci-runner");
        ok("machine", "revoke-token", "ci-runner", "nightly");
        assertThat(by(machine, "whoami")).isEqualTo(1);
        ok("machine", "show", "ci-runner");
        ok("machine", "delete", "ci-runner");
        assertThat(run("machine", "show", "ci-runner")).isEqualTo(1);
    }

    @Test
    void a_secret_is_shared_and_lent_by_a_link() throws Exception {
        admin.post(
                        "/api/users",
                        Map.of(
                                "username",
                                "edsger",
                                "password",
                                Person.PASSWORD,
                                "role",
                                "AUDITOR"))
                .requireStatus(201);
        input = "shared";
        ok("secret", "add", "team", "wifi", "--value-file", "-");
        ok("share", "create", "team/wifi", "--person", "edsger");
        ok("share", "of", "team/wifi");
        assertThat(out).contains("edsger", "READ", "ACTIVE");
        var share = out.replaceAll("(?s)^.*?([0-9a-f-]{36}).*$", "$1");
        ok("share", "list", "--direction", "given");
        ok("share", "statistics");
        ok("share", "revoke", share);
        ok("share", "link", "team/wifi", "--expires", soon(), "--note", "for a guest");
        assertThat(out).startsWith("/").contains("#");
        ok("share", "links", "team/wifi");
        assertThat(out).contains("for a guest");
        ok("share", "revoke-link", out.replaceAll("(?s)^.*?([0-9a-f-]{36}).*$", "$1"));
    }

    @Test
    void a_spreadsheet_and_a_json_list_come_in_and_each_refusal_is_told() throws Exception {
        var sheet =
                Files.writeString(
                        home.resolve("shared.csv"),
                        """
                        \uFEFFservice,account,value,tags,notes\r
                        sheet/db,root,"a,b","old, shared",\r
                        sheet/mail,post,"c
                        d",,the office\r
                        """);
        ok("secret", "import", sheet.toString());
        assertThat(out).contains("201");
        ok("secret", "get", "sheet/mail/post");
        assertThat(out).isEqualTo("c\nd\n");
        ok("secret", "list", "--tag", "shared", "--json");
        assertThat(out).contains("\"old\"");

        var list =
                Files.writeString(
                        home.resolve("list.json"),
                        """
                        [{"service": "sheet/db", "account": "root", "value": "x"},
                         {"service": "sheet/db", "account": "read", "value": "x"}]
                        """);
        assertThat(run("secret", "import", list.toString())).isEqualTo(1);
        assertThat(out).contains("409", "201");
        assertThat(run("secret", "import", list.toString(), "--atomic")).isEqualTo(1);
        var broken = Files.writeString(home.resolve("broken.json"), "[{\"value\": \"s3cr3t\",");
        assertThat(run("secret", "import", broken.toString())).isEqualTo(2);
        assertThat(err).doesNotContain("s3cr3t");
    }

    @Test
    void a_tenant_lives_from_its_creation_to_its_deletion() {
        ok("tenant", "create", "bricks", "--tier", "FREE");
        ok("tenant", "list", "--tier", "FREE");
        assertThat(out).contains("bricks", "ACTIVE");
        ok("tenant", "edit", "bricks", "--tier", "PROFESSIONAL");
        ok("tenant", "limit", "bricks", "--limit", "CREDENTIALS=500", "--limit", "API_CALLS=none");
        ok("tenant", "quotas", "bricks");
        assertThat(out).contains("500");
        ok("tenant", "add-user", "bricks", LiveServer.ADMIN, "ADMIN", "--expires", soon());
        ok("tenant", "users", "bricks");
        assertThat(out).contains(LiveServer.ADMIN);
        ok("tenant", "usage", "bricks");
        ok("tenant", "suspend", "bricks");
        ok("tenant", "show", "bricks");
        assertThat(out).contains("SUSPENDED");
        ok("tenant", "resume", "bricks");
        assertThat(run("tenant", "delete", "bricks", "--name", "stones")).isEqualTo(1);
        ok("tenant", "delete", "bricks", "--name", "bricks");
    }

    @Test
    void a_right_is_given_explained_and_taken_back() throws Exception {
        admin.post(
                        "/api/users",
                        Map.of("username", "grace", "password", Person.PASSWORD, "role", "AUDITOR"))
                .requireStatus(201);
        var why =
                new String[] {"access", "why", "REVEAL_SECRET", "secrets/x/y", "--person", "grace"};

        assertThat(run(why)).isEqualTo(1);
        ok("access", "grant", "secrets/x/**", "--permission", "REVEAL_SECRET", "--person", "grace");
        ok(why);
        assertThat(out).contains("GRANTED");
        ok("access", "who", "REVEAL_SECRET", "secrets/x/y");
        assertThat(out).contains("grace", LiveServer.ADMIN);
        ok("access", "grants", "--person", "grace", "--json");
        var grant = out.replaceAll("(?s)^.*?\"id\":\"([0-9a-f-]{36})\".*$", "$1").strip();
        ok("access", "revoke", grant);
        assertThat(run(why)).isEqualTo(1);

        ok("access", "add-role", "READER", "--permission", "READ_SECRET", "--description", "reads");
        ok(
                "access",
                "edit-role",
                "READER",
                "--permission",
                "READ_SECRET",
                "--permission",
                "REVEAL_SECRET");
        ok("access", "assign", "grace", "READER");
        ok(why);
        ok("access", "assignments", "--role", "READER");
        assertThat(out).contains("grace");
        ok("access", "unassign", "grace", "READER");
        ok("access", "delete-role", "READER");
        ok("access", "roles");
        assertThat(out).contains("ADMIN").doesNotContain("READER");
    }

    private static String soon() {
        return java.time.Instant.now().plus(java.time.Duration.ofHours(12)).toString();
    }

    private void ok(String... arguments) {
        assertThat(run(arguments)).describedAs("%s: %s", String.join(" ", arguments), err).isZero();
    }

    private int run(String... arguments) {
        return by(token, arguments);
    }

    private int by(String token, String... arguments) {
        var said = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        var around =
                new Surroundings(
                        Map.of(
                                "HOLDFAST_URL",
                                server.url().toString(),
                                "HOLDFAST_TOKEN",
                                token,
                                "HOLDFAST_FINGERPRINT",
                                fingerprint),
                        home,
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

    /// No one sits there.
    private static final class Nobody implements Terminal {
        @Override
        public boolean isPresent() {
            return false;
        }

        @Override
        public String ask(String question) {
            throw new IllegalStateException(question);
        }

        @Override
        public String askSecret(String question) {
            throw new IllegalStateException(question);
        }
    }
}
