package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.client.Surroundings;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose root key several people open together, over HTTP and by the command line; keys of its own that rotate.
class UnsealTest {
    @TempDir Path folder;
    private Path state;
    private String out = "";
    private String err = "";

    @BeforeEach
    void prepare() throws Exception {
        state =
                Files.createDirectory(
                        folder.resolve("state"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
    }

    @Test
    void a_server_split_into_shares_starts_sealed_and_opens_with_enough_of_them() throws Exception {
        List<String> shares;
        try (var holdfast = Holdfast.start(config())) {
            var ada = admin(holdfast);
            assertThat(
                            ada.send(
                                            "PUT",
                                            "/api/seal",
                                            Optional.of(Map.of("method", "shares")),
                                            Map.of())
                                    .code())
                    .isEqualTo("invalid");
            shares = split(ada);
            assertThat(shares).hasSize(3).allMatch(one -> one.startsWith("HFS1-"));
            assertThat(state.resolve("master.key")).doesNotExist();
            var seal = ada.get("/api/seal").requireStatus(200).json();
            assertThat(seal.path("method").asString()).isEqualTo("shares");
            assertThat(seal.has("shares")).isFalse();
            assertThat(ada.post("/api/seal/shares", Map.of("share", shares.get(0))).code())
                    .isEqualTo("conflict");
            assertThat(ada.get("/api/audit?type=seal.move").text())
                    .contains("shares")
                    .doesNotContain(shares.get(0));
        }
        var port = new CompletableFuture<Integer>();
        var started =
                CompletableFuture.supplyAsync(
                        () -> Holdfast.start(config(), Chance.CLOCK, (at, _) -> port.complete(at)));
        var person = person(port.get(60, TimeUnit.SECONDS));

        for (var path : List.of("/api/me", "/api/secrets", "/", "/health/ready", "/login")) {
            var answer = person.get(path);
            assertThat(answer.status()).as(path).isEqualTo(503);
            assertThat(answer.code()).as(path).isEqualTo("sealed");
        }
        assertThat(person.get("/health/live").status()).isEqualTo(200);
        assertThat(person.get("/api/seal").requireStatus(200).json().path("open").asBoolean())
                .isFalse();
        assertThat(bring(person, "HFS1-WRONG").code()).isEqualTo("invalid");
        assertThat(brought(bring(person, shares.get(2)))).isEqualTo(1);
        var forget = "/api/seal/shares/forget";
        assertThat(person.post(forget, Map.of("share", "HFS1-WRONG")).code()).isEqualTo("invalid");
        assertThat(person.get("/api/seal").json().path("split").path("brought").asInt())
                .as("a stranger disturbs nothing")
                .isEqualTo(1);
        assertThat(brought(person.post(forget, Map.of("share", shares.get(1))))).isZero();
        assertThat(brought(bring(person, shares.get(2)))).isEqualTo(1);
        var other = shares.get(1).charAt(20) == 'A' ? 'B' : 'A';
        var mistyped = shares.get(1).substring(0, 20) + other + shares.get(1).substring(21);
        assertThat(bring(person, mistyped).code()).isEqualTo("invalid");
        assertThat(unseal(port.get(), shares.get(0))).describedAs(err).isZero();
        assertThat(out).contains("open").doesNotContain(shares.get(0));

        try (var holdfast = started.get(60, TimeUnit.SECONDS)) {
            assertThat(holdfast.port()).isEqualTo(port.get());
            var ada = person(holdfast.port());
            ada.signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200);
            assertThat(ada.get("/api/audit?type=seal.open").text())
                    .contains("share 3 brought from", "all forgotten by share 2", "share 1 brought")
                    .doesNotContain(shares.get(0), shares.get(2));
            assertThat(ada.get("/api/seal").json().path("split").path("threshold").asInt())
                    .isEqualTo(2);
            assertThat(
                            ada.send(
                                            "PUT",
                                            "/api/seal",
                                            Optional.of(Map.of("method", "key-file")),
                                            Map.of())
                                    .status())
                    .isEqualTo(200);
        }
        Holdfast.start(config()).close();
    }

    @Test
    void nothing_else_opens_it_offline() throws Exception {
        try (var holdfast = Holdfast.start(config())) {
            split(admin(holdfast));
        }
        assertThat(new StateChecks(config(), Chance.CLOCK).all())
                .extracting(Object::toString)
                .anyMatch(text -> text.contains("split"))
                .noneMatch(text -> text.contains("key file"));
        try (var keys = Grounds.keys(config())) {
            var refusal =
                    catchThrowableOfType(Refusal.class, () -> Holdfast.unsealed(config(), keys));
            assertThat(refusal.problem()).isEqualTo(Problem.SEALED);
            assertThat(refusal.detail()).contains("shares");
        }
    }

    @Test
    void while_the_service_rotates_its_keys_nobody_is_signed_out_and_old_heads_verify()
            throws Exception {
        try (var holdfast = Holdfast.start(config())) {
            var ada = admin(holdfast);
            var token =
                    ada.post(
                                    "/api/tokens",
                                    Map.of(
                                            "name",
                                            "t",
                                            "permissions",
                                            List.of("READ_SECRET", "REVEAL_SECRET"),
                                            "expiresInDays",
                                            1))
                            .requireStatus(201)
                            .json()
                            .path("secret")
                            .asString();
            var program = ada.program(token);
            var secret =
                    ada.post(
                                    "/api/secrets",
                                    Map.of("service", "a", "account", "b", "value", "kept"))
                            .requireStatus(201)
                            .json()
                            .path("id")
                            .asString();
            assertThat(signatures(ada)).isEqualTo(1);

            for (var purpose : List.of("ledger-checkpoint", "proof-of-work")) {
                var path = "/api/seal/service-keys/" + purpose + "/rotate";
                var rotated = ada.send("POST", path, Optional.empty(), Map.of());
                assertThat(rotated.requireStatus(200).json().path("keys").size()).isEqualTo(2);
            }

            assertThat(ada.get("/api/me").status()).isEqualTo(200);
            assertThat(
                            program.get("/api/secrets/" + secret + "/value")
                                    .requireStatus(200)
                                    .json()
                                    .path("value")
                                    .asString())
                    .isEqualTo("kept");
            assertThat(signatures(ada)).isEqualTo(2);
            assertThat(ada.get("/api/audit?type=seal.rotate").json().path("items").size())
                    .isEqualTo(2);
            assertThat(
                            ada.send(
                                            "POST",
                                            "/api/seal/service-keys/nothing/rotate",
                                            Optional.empty(),
                                            Map.of())
                                    .code())
                    .isEqualTo("not-found");
            assertThat(ada.get("/api/audit/verify").text()).doesNotContain("BROKEN");
        }
    }

    private static long signatures(Person ada) throws Exception {
        var note = ada.get("/api/audit/checkpoint").requireStatus(200).text();
        return note.lines().filter(line -> line.startsWith("\u2014 ")).count();
    }

    private static List<String> split(Person ada) throws Exception {
        var answer =
                ada.send(
                                "PUT",
                                "/api/seal",
                                Optional.of(Map.of("method", "shares", "threshold", 2, "count", 3)),
                                Map.of())
                        .requireStatus(200);
        var shares = new ArrayList<String>();
        answer.json().path("shares").forEach(one -> shares.add(one.asString()));
        return shares;
    }

    private static Person.Reply bring(Person person, String share) throws Exception {
        return person.post("/api/seal/shares", Map.of("share", share));
    }

    private static int brought(Person.Reply reply) {
        return reply.requireStatus(200).json().path("split").path("brought").asInt();
    }

    private int unseal(int port, String share) throws Exception {
        var said = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        var around =
                new Surroundings(
                        Map.of(),
                        folder,
                        new Keyboard(),
                        new ByteArrayInputStream((share + "\n").getBytes(StandardCharsets.UTF_8)),
                        said);
        var line = Commands.line(around);
        line.setOut(new PrintWriter(said, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(complained, true, StandardCharsets.UTF_8));
        int exit =
                line.execute(
                        "unseal",
                        "https://localhost:" + port,
                        "--fingerprint",
                        OwnCertificate.fingerprint(chain(), Chance.crypto()),
                        "--share-file",
                        "-");
        out = said.toString(StandardCharsets.UTF_8);
        err = complained.toString(StandardCharsets.UTF_8);
        return exit;
    }

    private Path chain() {
        return state.resolve("tls").resolve("cert.pem");
    }

    private Person person(int port) throws Exception {
        return new Person(URI.create("https://localhost:" + port), ContractTest.believing(chain()));
    }

    private Person admin(Holdfast holdfast) throws Exception {
        var person = person(holdfast.port());
        person.post(
                        "/api/setup",
                        Map.of(
                                "code",
                                holdfast.setupCode().orElseThrow(),
                                "username",
                                LiveServer.ADMIN,
                                "password",
                                Person.PASSWORD))
                .requireStatus(201);
        return person;
    }

    private Config config() {
        var flags =
                List.of("--state-dir", state.toString(), "--address", "127.0.0.1", "--port", "0");
        return Config.from(flags, Map.of(), folder);
    }
}
