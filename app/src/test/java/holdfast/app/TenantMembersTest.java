package holdfast.app;

import static holdfast.app.Neighbours.FIRST;
import static holdfast.app.Neighbours.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How people of one tenant, of two, and of one that is suspended or limited are served.
class TenantMembersTest {
    @TempDir static Path folder;

    private static LiveServer server;

    private static Person ada;

    private static Person bea;

    private static String acme;

    @BeforeAll
    static void start() throws Exception {
        server = LiveServer.start(folder, "--rate-sign-in", "100000", "--rate-heavy", "100000");
        var both = Neighbours.on(server);
        ada = both.ada();
        acme = both.acme();
        bea = both.bea();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void who_belongs_to_two_tenants_works_in_both() throws Exception {
        ada.post("/api/environments", server.environment("San Francisco")).requireStatus(201);
        var tom = server.person(ada, "OPERATOR");
        ada.post("/api/tenants/" + acme + "/users", Map.of("username", "operator", "role", "ADMIN"))
                .requireStatus(201);

        assertThat(tom.get("/api/me").json().path("tenants").size()).isEqualTo(2);
        assertThat(tom.get("/api/users").status()).isEqualTo(403);
        assertThat(tom.get("/api/t/acme/users").requireStatus(200).text()).contains("bea");
        assertThat(tom.get("/api/t/" + acme + "/me").json().path("role").asString())
                .isEqualTo("ADMIN");
        var made =
                tom.post(
                                "/api/t/acme/users",
                                Map.of("username", "tess", "password", FIRST, "role", "USER"))
                        .requireStatus(201);
        assertThat(made.header("Location")).startsWith("/api/t/acme/users/");
        assertThat(tom.get(made.header("Location")).status()).isEqualTo(200);
        assertThat(tom.get("/api/environments").json().path("total").asInt()).isEqualTo(1);
        assertThat(tom.get("/api/t/acme/environments").json().path("total").asInt()).isZero();
    }

    @Test
    void a_token_stays_in_its_own_tenant() throws Exception {
        ada.post(
                        "/api/tenants/" + acme + "/users",
                        Map.of(
                                "username",
                                LiveServer.ADMIN,
                                "role",
                                "READ_ONLY",
                                "expires",
                                java.time.Instant.now().plusSeconds(3600).toString()))
                .requireStatus(201);
        var secret =
                ada.post(
                                "/api/tokens",
                                Map.of(
                                        "name",
                                        "stays",
                                        "permissions",
                                        List.of("READ_ENVIRONMENT"),
                                        "expiresInDays",
                                        1))
                        .requireStatus(201)
                        .json()
                        .path("secret")
                        .asString();

        assertThat(ada.get("/api/t/acme/environments").status()).isEqualTo(200);
        assertThat(ada.program(secret).get("/api/environments").status()).isEqualTo(200);
        assertThat(ada.program(secret).get("/api/t/acme/environments").status()).isEqualTo(404);
    }

    @Test
    void nobody_of_a_suspended_tenant_is_served() throws Exception {
        var other = id(ada.post("/api/tenants", Map.of("name", "globex", "tier", "BASIC")));
        ada.post("/api/tenants/" + other + "/users", Map.of("username", "bea", "role", "USER"))
                .requireStatus(201);
        assertThat(bea.get("/api/t/globex/environments").status()).isEqualTo(200);

        ada.post("/api/tenants/" + other + "/suspend", "").requireStatus(200);

        for (var target : List.of("/api/t/globex/environments", "/api/t/globex/me")) {
            var refused = bea.get(target);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("not-permitted");
        }
        assertThat(bea.get("/api/environments").status()).isEqualTo(200);
    }

    @Test
    void a_tenant_is_reached_from_its_own_addresses_only() throws Exception {
        var made = ada.post("/api/tenants", Map.of("name", "umbrella", "tier", "BASIC"));
        var other = id(made);
        ada.post("/api/tenants/" + other + "/users", Map.of("username", "bea", "role", "USER"))
                .requireStatus(201);
        assertThat(bea.get("/api/t/umbrella/environments").status()).isEqualTo(200);

        ada.send(
                        "PUT",
                        "/api/tenants/" + other,
                        Optional.of(
                                Map.of(
                                        "tier",
                                        "BASIC",
                                        "rules",
                                        Map.of("addresses", List.of("10.0.0.0/8")))),
                        Map.of("If-Match", made.header("ETag")))
                .requireStatus(200);

        assertThat(bea.get("/api/t/umbrella/environments").status()).isEqualTo(403);
        assertThat(bea.get("/api/environments").status()).isEqualTo(200);
    }

    @Test
    void the_calls_of_a_tenants_hour_run_out_for_all_its_people_and_for_nobody_else()
            throws Exception {
        var other = id(ada.post("/api/tenants", Map.of("name", "initech", "tier", "BASIC")));
        ada.post("/api/tenants/" + other + "/users", Map.of("username", "bea", "role", "USER"))
                .requireStatus(201);
        ada.send(
                        "PUT",
                        "/api/tenants/" + other + "/quotas",
                        Optional.of(
                                Map.of(
                                        "limits",
                                        List.of(Map.of("quota", "API_CALLS", "limit", 3)))),
                        Map.of())
                .requireStatus(200);
        for (int left = 2; left >= 0; left--) {
            var answer = bea.get("/api/t/initech/environments").requireStatus(200);
            assertThat(answer.header("X-RateLimit-Limit")).isEqualTo("3");
            assertThat(answer.header("X-RateLimit-Remaining")).isEqualTo(String.valueOf(left));
        }

        var refused = bea.get("/api/t/initech/environments");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("too-many-requests");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(3_500, 3_600);
        assertThat(bea.get("/api/environments").status()).isEqualTo(200);
    }
}
