package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.app.ApiDocument.Operation;
import holdfast.simulator.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Who gets to see a value, with a synced estate behind the server.
class SecretValuesTest {
    private static final List<String> FILES =
            List.of("csv", "excel", "json", "yaml", "keepass", "break-glass");

    @TempDir static Path folder;
    private static LiveServer server;
    private static Person admin;
    private static Person operator;
    private static String environment;
    private static JsonNode credential;

    @BeforeAll
    static void start() throws Exception {
        server = LiveServer.start(folder, "--rate-sign-in", "1000");
        admin = server.setUp();
        operator = server.person(admin, "OPERATOR");
        environment =
                operator.post("/api/environments", server.environment("San Francisco"))
                        .requireStatus(201)
                        .json()
                        .path("id")
                        .asString();
        operator.post("/api/environments/" + environment + "/sync?wait=60", "").requireStatus(200);
        credential =
                operator.get(
                                "/api/environments/"
                                        + environment
                                        + "/credentials?source=SDDC_MANAGER")
                        .requireStatus(200)
                        .json()
                        .path("items")
                        .path(0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_auditor_sees_no_value_at_any_address() throws Exception {
        var auditor = server.person(admin, "AUDITOR");
        var values = new TreeSet<String>();
        server.sddcManager().estate().credentials().stream()
                .map(Credential::password)
                .forEach(values::add);
        var revealed = reveal(operator).requireStatus(200).json().path("value").asString();
        assertThat(values).contains(revealed);

        var seen = new TreeMap<String, String>();
        int read = 0;
        for (var operation : ApiDocument.read().operations()) {
            if (operation.method().equals("GET") && !operation.id().equals("events")) {
                var answer = auditor.get(real(operation));
                read += answer.status() == 200 ? 1 : 0;
                values.stream()
                        .filter(value -> shows(answer.text(), value))
                        .forEach(value -> seen.put(operation.id(), answer.call()));
            }
        }
        assertThat(seen).isEmpty();
        assertThat(read).isGreaterThan(20);
        assertThat(reveal(auditor).code()).isEqualTo("not-permitted");
    }

    @Test
    void a_file_of_values_asks_for_the_password_again_after_five_minutes() throws Exception {
        server.wait(Duration.ofMinutes(6));
        for (var format : FILES) {
            assertThat(export(operator, format).code())
                    .describedAs(format)
                    .isEqualTo("step-up-required");
        }

        operator.post("/api/auth/step-up", Map.of("password", Person.PASSWORD)).requireStatus(200);

        for (var format : FILES) {
            assertThat(export(operator, format).status()).describedAs(format).isEqualTo(200);
        }
    }

    @Test
    void a_token_exports_without_the_password_when_its_scope_says_so() throws Exception {
        var may = operator.program(token("EXPORT_CREDENTIAL"));
        var mayNot = operator.program(token("READ_CREDENTIAL"));
        server.wait(Duration.ofMinutes(6));

        for (var format : FILES) {
            assertThat(export(may, format).status()).describedAs(format).isEqualTo(200);
            assertThat(export(mayNot, format).code())
                    .describedAs(format)
                    .isEqualTo("not-permitted");
        }
    }

    private static String token(String permission) throws IOException, InterruptedException {
        operator.post("/api/auth/step-up", Map.of("password", Person.PASSWORD)).requireStatus(200);
        return operator.post(
                        "/api/tokens",
                        Map.of(
                                "name",
                                permission,
                                "permissions",
                                List.of(permission),
                                "expiresInDays",
                                1))
                .requireStatus(201)
                .json()
                .path("secret")
                .asString();
    }

    private static Person.Reply export(Person person, String format)
            throws IOException, InterruptedException {
        var path = "/api/environments/" + environment + "/export/" + format;
        return List.of("keepass", "break-glass").contains(format)
                ? person.post(path, Map.of("passphrase", "Four-Camels-Dance-77"))
                : person.get(path);
    }

    private static Person.Reply reveal(Person person) throws IOException, InterruptedException {
        return person.post(
                "/api/environments/%s/credentials/%s/reveal?purpose=view"
                        .formatted(environment, credential.path("id").asString()),
                "");
    }

    private static String real(Operation operation) {
        var path =
                operation
                        .path()
                        .replace("{id}", environment)
                        .replace("{credential}", credential.path("id").asString())
                        .replace("{index}", "1");
        return switch (operation.id()) {
            case "auditExposures" -> path + "?credential=" + credential.path("id").asString();
            case "auditInclusion" -> path + "?index=1";
            case "auditConsistency" -> path + "?from=1";
            default -> path.replaceAll("\\{[a-z]+}", "none");
        };
    }

    private static boolean shows(String text, String value) {
        return text.contains(value)
                || text.contains(value.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}
