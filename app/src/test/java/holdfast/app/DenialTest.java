package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A denial, tried from every side over the wire.
class DenialTest {
    @TempDir static Path folder;
    private static LiveServer server;
    private static Person admin;
    private static Person operator;
    private static String environment;
    private static String credential;

    @BeforeAll
    static void start() throws Exception {
        server = LiveServer.start(folder, "--rate-sign-in", "1000", "--rate-heavy", "1000");
        admin = server.setUp();
        operator = server.person(admin, "OPERATOR");
        environment =
                admin.post("/api/environments", server.environment("San Francisco"))
                        .requireStatus(201)
                        .json()
                        .path("id")
                        .asString();
        admin.post("/api/environments/" + environment + "/sync?wait=60", "").requireStatus(200);
        credential =
                admin.get("/api/credentials")
                        .requireStatus(200)
                        .json()
                        .path("items")
                        .path(0)
                        .path("id")
                        .asString();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void no_verb_and_no_spelling_reads_past_a_denial() throws Exception {
        var one = "/api/environments/" + environment;
        var value = one + "/credentials/" + credential;
        assertThat(operator.get(value).status()).isEqualTo(200);
        var grant =
                deny(
                        List.of("READ_CREDENTIAL", "REVEAL_CREDENTIAL"),
                        "environment/" + environment + "/credential/" + credential);

        for (var target : List.of(value, value + "/history", value + "?list=true")) {
            for (var method : List.of("GET", "HEAD")) {
                assertThat(status(method, target)).as("%s %s", method, target).isEqualTo(403);
            }
        }
        assertThat(operator.post(value + "/reveal?purpose=view", "").status()).isEqualTo(403);
        for (var other : List.of(value + "/", value + "%2f", "/api//credentials", value + ";x=1")) {
            assertThat(status("GET", other)).as(other).isGreaterThanOrEqualTo(400);
        }
        for (var list : List.of("/api/credentials?limit=1000", one + "/credentials?limit=1000")) {
            assertThat(operator.get(list).requireStatus(200).text())
                    .as(list)
                    .doesNotContain(credential);
        }
        for (var format : List.of("csv", "json", "yaml", "excel")) {
            assertThat(status("GET", one + "/export/" + format)).as(format).isEqualTo(403);
        }

        admin.send("DELETE", "/api/access/grants/" + grant, Optional.empty(), Map.of())
                .requireStatus(204);
        assertThat(operator.get(value).status()).isEqualTo(200);
        assertThat(operator.get("/api/credentials?limit=1000").text()).contains(credential);
        assertThat(status("GET", one + "/export/csv")).isEqualTo(200);
    }

    @Test
    void a_denial_of_everything_leaves_not_even_what_is_ones_own() throws Exception {
        var grant = deny(List.of("READ_AUDIT"), "**");

        assertThat(status("GET", "/api/audit")).isEqualTo(403);
        assertThat(operator.get("/api/me").json().path("permissions").toString())
                .doesNotContain("READ_AUDIT");

        admin.send("DELETE", "/api/access/grants/" + grant, Optional.empty(), Map.of())
                .requireStatus(204);
    }

    @Test
    void no_limit_opens_more_than_a_window() throws Exception {
        for (var list :
                List.of(
                        "/api/users",
                        "/api/access/grants",
                        "/api/access/assignments",
                        "/api/access/roles",
                        "/api/tenants",
                        "/api/audit",
                        "/api/credentials",
                        "/api/environments",
                        "/api/access/who?action=READ_JOB&resource=x")) {
            var more = list.contains("?") ? "&" : "?";
            for (var limit : List.of("0", "-1", "", "1001", "99999999999999999999", "1e3", "NaN")) {
                assertThat(admin.get(list + more + "limit=" + limit).status())
                        .as("%s limit=%s", list, limit)
                        .isEqualTo(400);
            }
        }
    }

    private static String deny(List<String> permissions, String pattern) throws Exception {
        return admin.post(
                        "/api/access/grants",
                        Map.of(
                                "subject",
                                Map.of("kind", "ROLE", "role", "OPERATOR"),
                                "effect",
                                "DENY",
                                "permissions",
                                permissions,
                                "pattern",
                                pattern))
                .requireStatus(201)
                .json()
                .path("id")
                .asString();
    }

    private static int status(String method, String target) throws Exception {
        return operator.send(method, target, Optional.empty(), Map.of()).status();
    }
}
