package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testkit.Await;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A tenant that was deleted: tried with the server's own keys on a copy of the database from before.
class ShreddingTest {
    @TempDir Path folder;

    @Test
    void what_a_shredded_tenant_sealed_opens_in_no_copy_of_the_database_either() throws Exception {
        var state =
                Files.createDirectory(
                        folder.resolve("state"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        Kept kept;
        try (var holdfast = serve(state)) {
            kept = fill(admin(holdfast));
        }
        for (var file : files(state)) {
            Files.copy(state.resolve(file), folder.resolve(file));
        }
        try (var holdfast = serve(state)) {
            var ada = signedIn(holdfast);
            assertThat(opens(ada, kept)).isEqualTo(200);
            ada.send(
                            "DELETE",
                            "/api/tenants/" + kept.tenant() + "?name=acme",
                            Optional.empty(),
                            Map.of())
                    .requireStatus(202);
            var receipt = receipt(ada);
            assertThat(receipt.path("keys").asInt()).isPositive();
            assertThat(receipt.path("gone").asString()).contains("backup");
            assertThat(receipt.path("stays").asString()).contains("names", "ledger");
            assertThat(receipt.path("receipt").asString())
                    .startsWith("holdfast-shredding/1\ntenant " + kept.tenant())
                    .contains("\n\u2014 holdfast-ledger/");
        }

        for (var file : files(state)) {
            Files.delete(state.resolve(file));
        }
        for (var file : List.of("holdfast.db", "holdfast.db-wal", "holdfast.db-shm")) {
            if (Files.exists(folder.resolve(file))) {
                Files.copy(
                        folder.resolve(file),
                        state.resolve(file),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try (var holdfast = serve(state)) {
            var ada = signedIn(holdfast);
            assertThat(ada.get("/api/t/acme/secrets").requireStatus(200).text()).contains("db");
            for (var reply :
                    List.of(
                            ada.get("/api/t/acme/secrets/" + kept.secret() + "/value"),
                            ada.post(
                                    "/api/t/acme/keys/k/decrypt",
                                    Map.of("ciphertext", kept.ciphertext())),
                            ada.post(
                                    "/api/t/acme/secrets",
                                    Map.of("service", "a", "account", "new", "value", "x")))) {
                assertThat(reply.status()).describedAs(reply.text()).isEqualTo(503);
                assertThat(reply.code()).isEqualTo("sealed");
            }
        }
    }

    private record Kept(String tenant, String secret, String ciphertext) {}

    private static Kept fill(Person ada) throws Exception {
        var tenant =
                ada.post("/api/tenants", Map.of("name", "acme", "tier", "PROFESSIONAL"))
                        .requireStatus(201)
                        .json()
                        .path("id")
                        .asString();
        ada.post(
                        "/api/tenants/" + tenant + "/users",
                        Map.of(
                                "username",
                                LiveServer.ADMIN,
                                "role",
                                "ADMIN",
                                "expires",
                                java.time.Instant.now().plusSeconds(3600).toString()))
                .requireStatus(201);
        var secret =
                ada.post(
                                "/api/t/acme/secrets",
                                Map.of("service", "a", "account", "db", "value", "kept"))
                        .requireStatus(201)
                        .json()
                        .path("id")
                        .asString();
        ada.post("/api/t/acme/keys", Map.of("name", "k", "type", "AES256_GCM")).requireStatus(201);
        var ciphertext =
                ada.post("/api/t/acme/keys/k/encrypt", Map.of("plaintext", "eA=="))
                        .requireStatus(200)
                        .json()
                        .path("ciphertext")
                        .asString();
        return new Kept(tenant, secret, ciphertext);
    }

    private static int opens(Person ada, Kept kept) throws Exception {
        return ada.get("/api/t/acme/secrets/" + kept.secret() + "/value").status();
    }

    private static JsonNode receipt(Person ada) {
        return Await.value(
                "a receipt",
                () -> {
                    try {
                        var items = ada.get("/api/audit?type=tenant.shred").json().path("items");
                        return items.isEmpty()
                                ? Optional.empty()
                                : Optional.of(items.path(0).path("details"));
                    } catch (Exception failure) {
                        throw new AssertionError(failure);
                    }
                });
    }

    private static List<String> files(Path state) throws Exception {
        try (var all = Files.list(state)) {
            return all.map(one -> one.getFileName().toString())
                    .filter(name -> name.startsWith("holdfast.db"))
                    .toList();
        }
    }

    private Holdfast serve(Path state) {
        var flags =
                List.of("--state-dir", state.toString(), "--address", "127.0.0.1", "--port", "0");
        return Holdfast.start(Config.from(flags, Map.of(), folder));
    }

    private static Person person(Holdfast holdfast) throws Exception {
        return new Person(
                URI.create("https://localhost:" + holdfast.port()),
                ContractTest.believing(holdfast.certificate()));
    }

    private static Person signedIn(Holdfast holdfast) throws Exception {
        var person = person(holdfast);
        person.signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200);
        return person;
    }

    private static Person admin(Holdfast holdfast) throws Exception {
        var person = person(holdfast);
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
}
