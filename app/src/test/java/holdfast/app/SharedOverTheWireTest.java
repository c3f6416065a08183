package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one tenant shares with another, over HTTP: every answer is as described, and each side's ledger tells its own part.
class SharedOverTheWireTest {
    /// What only another tenant answers.
    static final Set<String> OPERATIONS =
            Set.of(
                    "acceptShare",
                    "declineShare",
                    "readSharedSecret",
                    "sharedSecretVersions",
                    "revealShared",
                    "changeSharedSecret",
                    "putSharedVersion",
                    "rollBackSharedSecret",
                    "deleteSharedSecret",
                    "undeleteSharedSecret",
                    "destroySharedSecret",
                    "passShare");

    private static final String FIRST = "Given-by-9-others!";

    @TempDir static Path folder;
    private static LiveServer server;
    private static Person ada;
    private static Person bea;
    private static String acme;
    private static String third;
    private static String bank;

    @BeforeAll
    static void start() throws Exception {
        server = LiveServer.start(folder, "--rate-sign-in", "100000");
        ada = server.setUp();
        acme = tenant("acme");
        third = tenant("third");
        bank = ada.get("/api/me").json().path("tenant").path("id").asString();
        bea = member(acme, "bea");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String tenant(String name) throws IOException, InterruptedException {
        return id(ada.post("/api/tenants", Map.of("name", name, "tier", "PROFESSIONAL")));
    }

    /// {@return an administrator of one tenant and no other, signed in}
    private static Person member(String tenant, String name)
            throws IOException, InterruptedException {
        var user = Map.of("username", name, "password", FIRST, "role", "USER");
        var id = id(ada.post("/api/users", user));
        ada.post("/api/tenants/" + tenant + "/users", Map.of("username", name, "role", "ADMIN"))
                .requireStatus(201);
        ada.send("DELETE", "/api/tenants/" + bank + "/users/" + id, Optional.empty(), Map.of())
                .requireStatus(204);
        var person = server.nobody();
        person.signIn(name, FIRST).requireStatus(200);
        person.post(
                        "/api/me/password",
                        Map.of("currentPassword", FIRST, "newPassword", Person.PASSWORD))
                .requireStatus(204);
        return person;
    }

    @Test
    void another_tenant_does_all_that_is_shared_and_every_answer_is_as_described()
            throws Exception {
        var api = new DescribedAnswers(ApiDocument.read(), bea);
        var secret = secret("all");
        var share = offer(secret, "FULL");
        api.call("acceptShare", "{share}", share);

        var seen = api.call("readSharedSecret", "{share}", share);
        assertThat(seen.text()).doesNotContain("createdBy", "four green pears");
        api.send(
                "putSharedVersion",
                share,
                Optional.of(Map.of("value", "five red apples")),
                Map.of("If-Match", seen.header("ETag")));
        api.call(
                "changeSharedSecret",
                share,
                Map.of("tags", List.of("theirs"), "expectedVersion", 2));
        api.call("rollBackSharedSecret", share, Map.of("version", 1, "expectedVersion", 3));
        api.call("sharedSecretVersions", "{share}", share);
        assertThat(api.call("revealShared", "{share}", share).json().path("value").asString())
                .isEqualTo("four green pears");
        assertThat(ada.get("/api/secrets/" + secret + "/value").json().path("version").asInt())
                .isEqualTo(4);
        var passed = api.call("passShare", share, with(third, "READ"));
        assertThat(bea.get("/api/shares?direction=given").text()).contains(id(passed));
        api.send("deleteSharedSecret", share, Optional.empty(), Map.of("If-Match", "\"4\""));
        api.call("undeleteSharedSecret", "{share}", share);
        api.send("deleteSharedSecret", share, Optional.empty(), Map.of("If-Match", "\"4\""));
        api.call("destroySharedSecret", "{share}", share);
        api.call("declineShare", "{share}", offer(secret("declined"), "READ"));

        assertThat(api.differences()).isEmpty();
        var left = new TreeSet<>(OPERATIONS);
        left.retainAll(api.missing());
        assertThat(left).isEmpty();
        assertThat(ada.get("/api/secrets/" + secret).status()).isEqualTo(404);
        assertThat(bea.get("/api/audit?q=share.write").text())
                .contains("share.write", "shared/" + bank + "/secrets/wire/all")
                .doesNotContain("secret.update");
        assertThat(ada.get("/api/audit?q=secret.update").text())
                .contains("\"bea\"", acme)
                .doesNotContain("share.write");
    }

    @Test
    void what_is_not_shared_is_refused_and_a_share_taken_back_is_not_there() throws Exception {
        var share = offer(secret("read"), "READ");
        bea.post("/api/shares/" + share + "/accept", "").requireStatus(200);
        var put = "/api/shares/" + share + "/secret/versions";

        assertThat(bea.post(put, Map.of("value", "no", "expectedVersion", 1)).code())
                .isEqualTo("not-permitted");
        assertThat(bea.get("/api/shares/" + share + "/secret").status()).isEqualTo(200);
        ada.send("DELETE", "/api/shares/" + share, Optional.empty(), Map.of()).requireStatus(204);
        assertThat(bea.get("/api/shares/" + share + "/secret").status()).isEqualTo(404);
        assertThat(bea.post("/api/shares/" + share + "/reveal", "").status()).isEqualTo(404);
    }

    private static String secret(String account) throws IOException, InterruptedException {
        var body = Map.of("service", "wire", "account", account, "value", "four green pears");
        return id(ada.post("/api/secrets", body));
    }

    private static String offer(String secret, String level)
            throws IOException, InterruptedException {
        return id(ada.post("/api/secrets/" + secret + "/shares", with(acme, level)));
    }

    private static Map<String, Object> with(String tenant, String level) {
        return Map.of("with", Map.of("kind", "TENANT", "id", tenant), "permission", level);
    }

    private static String id(Person.Reply made) {
        return made.requireStatus(201).json().path("id").asString();
    }
}
