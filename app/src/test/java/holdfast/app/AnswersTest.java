package holdfast.app;

import static holdfast.app.ApiDocument.map;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.app.Person.Reply;
import holdfast.kernel.Problem;
import holdfast.simulator.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the server really answers, held against the schemas of `openapi.yaml`.
class AnswersTest {
    private static final String PASSWORD = "Given-by-9-others!";

    @TempDir Path folder;

    private final ApiDocument document;

    private LiveServer server;

    private Person admin;

    private DescribedAnswers answers;

    AnswersTest() throws IOException {
        document = ApiDocument.read();
    }

    @BeforeEach
    void start() throws Exception {
        server = LiveServer.start(folder, "--rate-sign-in", "1000", "--rate-heavy", "1000");
        admin = server.nobody();
        answers = new DescribedAnswers(document, admin);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_operation_answers_as_described() throws Exception {
        walkIdentity();
        PeopleAnswers.walk(answers, admin, server);
        var environment = walkEnvironments();
        walkCredentials(environment);
        walkRuns(environment);
        SecretAnswers.walk(answers, admin);
        KeyAnswers.walk(answers);
        SharingAnswers.walk(answers, admin);
        walkAudit();
        walkOut(environment);

        assertThat(answers.differences()).isEmpty();
        // streams without end, a file of a bring-up, what only a sealed server answers
        var others = new TreeSet<>(SharedOverTheWireTest.OPERATIONS);
        others.addAll(Set.of("events", "importBringUp", "runEvents", "bringShare", "forgetShares"));
        assertThat(answers.missing()).containsExactlyElementsOf(others);
    }

    @Test
    void every_problem_is_in_the_contract() {
        var code = map(map(document.schema("Problem").get("properties")).get("code"));

        assertThat((List<?>) code.get("enum"))
                .map(String::valueOf)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Problem.values()).map(Problem::code).toList());
    }

    private void walkIdentity() throws Exception {
        for (var id : List.of("live", "ready", "ping", "systemInfo", "challenge")) {
            get(id);
        }
        call(
                "setUp",
                Map.of(
                        "code",
                        server.holdfast().setupCode().orElseThrow(),
                        "username",
                        LiveServer.ADMIN,
                        "password",
                        Person.PASSWORD,
                        "email",
                        "ada@example.org"));
        call("signIn", Map.of("username", LiveServer.ADMIN, "password", Person.PASSWORD));
        call("stepUp", Map.of("password", Person.PASSWORD));
        call("passwordStrength", Map.of("password", "correct horse", "username", "ada"));
        for (var id : List.of("me", "systemHealth", "metrics", "listMySessions", "overview")) {
            get(id);
        }
        var another = server.nobody();
        another.signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200);
        var other = another.get("/api/me/sessions").json().path("items");
        var current = admin.get("/api/me/sessions").json().path("items");
        for (var session : current) {
            if (!session.path("current").asBoolean() && other.size() > 0) {
                call("endMySession", "{session}", session.path("id").asString());
                break;
            }
        }
        get("endMyOtherSessions");
        var token =
                call(
                        "createToken",
                        Map.of(
                                "name",
                                "reader",
                                "permissions",
                                List.of("READ_ENVIRONMENT"),
                                "expiresInDays",
                                1,
                                "addresses",
                                List.of("127.0.0.0/8")));
        admin.program(token.json().path("secret").asString())
                .get("/api/environments")
                .requireStatus(200);
        get("listTokens");
        call("revokeToken", "{token}", token.json().path("token").path("id").asString());
        get("readSeal");
        call("moveSeal", Map.of("method", "passphrase", "passphrase", "nine sour plums in a row"));
        var settings = get("readSettings");
        send(
                "changeSettings",
                "",
                Optional.of(
                        Map.of(
                                "dueSoonDays", 30,
                                "sessionIdleMinutes", 60,
                                "sessionAbsoluteHours", 12,
                                "removalHoldPercent", 30,
                                "auditRetentionDays", 365)),
                Map.of("If-Match", settings.header("ETag")));
        send(
                "signInForm",
                "",
                Optional.of("username=ada&password=" + Person.PASSWORD),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    private String walkEnvironments() throws Exception {
        call(
                "testUnsaved",
                Map.of(
                        "kind",
                        "SDDC_MANAGER",
                        "host",
                        "localhost",
                        "port",
                        server.sddcManager().port()));
        var made = call("createEnvironment", server.environment("San Francisco"));
        var id = made.json().path("id").asString();
        get("listEnvironments");
        var read = call("readEnvironment", "{id}", id);
        send(
                "updateEnvironment",
                id,
                Optional.of(withoutPasswords()),
                Map.of("If-Match", read.header("ETag")));
        call("testEnvironment", "{id}", id);
        keep("syncEnvironment", admin.post("/api/environments/" + id + "/sync?wait=60", ""));
        var file = call("exportEnvironments", Map.of("format", "json"));
        call(
                "importEnvironments",
                Map.of("document", file.text(), "existing", "skip", "dryRun", true));
        get("overview");
        return id;
    }

    private Map<String, Object> withoutPasswords() {
        return server.environment("San Francisco 2");
    }

    private void walkCredentials(String environment) throws Exception {
        for (var id : List.of("listCredentials", "credentialFacets")) {
            call(id, "{id}", environment);
        }
        get("allCredentialFacets");
        var first = get("searchCredentials").json().path("items").path(0).path("id").asString();
        for (var id : List.of("readCredential", "credentialHistory")) {
            send(id, environment + "/" + first, Optional.empty(), Map.of());
        }
        keep(
                "revealCredential",
                admin.post(
                        "/api/environments/"
                                + environment
                                + "/credentials/"
                                + first
                                + "/reveal?purpose=copy",
                        ""));
        keep("auditExposures", admin.get("/api/audit/exposures?credential=" + first));
        for (var id : List.of("exportCsv", "exportExcel", "exportJson", "exportYaml")) {
            call(id, "{id}", environment);
        }
        for (var id : List.of("exportKeepass", "exportBreakGlass")) {
            send(id, environment, Optional.of(Map.of("passphrase", PASSWORD)), Map.of());
        }
    }

    /// Half of the site vanishes twice: one run is dropped, the next applied.
    private void walkRuns(String environment) throws Exception {
        var rows = server.sddcManager().estate().credentials();
        rows.stream()
                .limit(rows.size() / 2)
                .map(Credential::id)
                .forEach(server.sddcManager().estate()::remove);
        for (var id : List.of("discardRun", "confirmRun")) {
            var run =
                    admin.post("/api/environments/" + environment + "/sync?wait=60", "")
                            .requireStatus(200);
            assertThat(run.json().path("status").asString()).isEqualTo("HELD");
            send(
                    id,
                    environment + "/" + run.json().path("id").asString(),
                    Optional.empty(),
                    Map.of());
        }
        var runs = call("listRuns", "{id}", environment);
        send(
                "readRun",
                environment + "/" + runs.json().path("items").path(0).path("id").asString(),
                Optional.empty(),
                Map.of());
        var job = get("listJobs").json().path("items").path(0).path("id").asString();
        call("listJobRuns", "{job}", job);
        call("runJob", "{job}", job);
    }

    private void walkAudit() throws Exception {
        for (var id :
                List.of(
                        "listAudit",
                        "auditVerdict",
                        "auditStatistics",
                        "auditCheckpoint",
                        "exportAuditCsv",
                        "exportAuditJson",
                        "exportAuditBundle")) {
            get(id);
        }
        call("readAudit", "{index}", "1");
        keep("auditInclusion", admin.get("/api/audit/proof/inclusion?index=1"));
        keep("auditConsistency", admin.get("/api/audit/proof/consistency?from=1"));
    }

    private void walkOut(String environment) throws Exception {
        keep(
                "deleteEnvironment",
                admin.send(
                        "DELETE",
                        "/api/environments/" + environment + "?name=San%20Francisco%202",
                        Optional.empty(),
                        Map.of()));
        keep("signOut", admin.post("/api/auth/sign-out", ""));
        keep("me", admin.get("/api/me"));
        keep("signOutForm", server.nobody().send("POST", "/logout", Optional.empty(), Map.of()));
    }

    private Reply get(String id) throws IOException, InterruptedException {
        return answers.get(id);
    }

    private Reply call(String id, Object body) throws IOException, InterruptedException {
        return answers.call(id, body);
    }

    private Reply call(String id, String place, String value)
            throws IOException, InterruptedException {
        return answers.call(id, place, value);
    }

    private Reply send(String id, String values, Optional<Object> body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return answers.send(id, values, body, headers);
    }

    private Reply keep(String id, Reply reply) {
        return answers.keep(id, reply);
    }
}
