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
        walkUsers();
        walkAccess();
        walkTenants();
        var environment = walkEnvironments();
        walkCredentials(environment);
        walkRuns(environment);
        walkSecrets();
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

    private void walkUsers() throws Exception {
        var made =
                call(
                        "createUser",
                        Map.of(
                                "username",
                                "bob",
                                "password",
                                PASSWORD,
                                "role",
                                "USER",
                                "fullName",
                                "Bob"));
        var id = made.json().path("id").asString();
        get("listUsers");
        var read = call("readUser", "{user}", id);
        send(
                "updateUser",
                id,
                Optional.of(Map.of("role", "OPERATOR")),
                Map.of("If-Match", read.header("ETag")));
        for (var verb : List.of("disableUser", "enableUser", "unlockUser")) {
            call(verb, "{user}", id);
        }
        send("resetUser", id, Optional.of(Map.of("password", PASSWORD + "2")), Map.of());
        var bob = server.nobody();
        bob.signIn("bob", PASSWORD + "2").requireStatus(200);
        keep(
                "changeMyPassword",
                bob.post(
                        "/api/me/password",
                        Map.of("currentPassword", PASSWORD + "2", "newPassword", Person.PASSWORD)));
        var sessions = call("listUserSessions", "{user}", id);
        var session = sessions.json().path("items").path(0).path("id").asString();
        send("endUserSession", id + "/" + session, Optional.empty(), Map.of());
        call("endUserSessions", "{user}", id);
        call("deleteUser", "{user}", id);
    }

    private void walkTenants() throws Exception {
        var made = call("createTenant", Map.of("name", "acme", "tier", "BASIC"));
        var id = made.json().path("id").asString();
        get("listTenants");
        call("readTenant", "{tenant}", id);
        send(
                "updateTenant",
                id,
                Optional.of(
                        Map.of(
                                "tier",
                                "FREE",
                                "rules",
                                Map.of("addresses", List.of("127.0.0.0/8")),
                                "metadata",
                                Map.of("contract", "42"))),
                Map.of("If-Match", made.header("ETag")));
        call("suspendTenant", "{tenant}", id);
        call("activateTenant", "{tenant}", id);
        send(
                "limitTenant",
                id,
                Optional.of(
                        Map.of(
                                "limits",
                                List.of(
                                        Map.of("quota", "USERS", "limit", 5),
                                        Map.of("quota", "CREDENTIALS")))),
                Map.of());
        call("tenantQuotas", "{tenant}", id);
        call("tenantUsage", "{tenant}", id);
        keep("ownUsage", admin.get("/api/usage?from=2026-01-01&to=2026-12-31"));
        var user =
                admin.post(
                                "/api/users",
                                Map.of("username", "tom", "password", PASSWORD, "role", "USER"))
                        .requireStatus(201)
                        .json()
                        .path("id")
                        .asString();
        send(
                "addTenantUser",
                id,
                Optional.of(
                        Map.of(
                                "username", "tom",
                                "role", "ADMIN",
                                "expires", "2100-01-01T00:00:00Z")),
                Map.of());
        call("listTenantUsers", "{tenant}", id);
        send(
                "addTenantUser",
                id,
                Optional.of(Map.of("username", "tom", "role", "AUDITOR")),
                Map.of());
        admin.post("/api/users", Map.of("username", "tim", "password", PASSWORD, "role", "USER"))
                .requireStatus(201);
        send(
                "addTenantUser",
                id,
                Optional.of(Map.of("username", "tim", "role", "ADMIN")),
                Map.of());
        send("removeTenantUser", id + "/" + user, Optional.empty(), Map.of());
        keep(
                "deleteTenant",
                admin.send(
                        "DELETE", "/api/tenants/" + id + "?name=acme", Optional.empty(), Map.of()));
    }

    private void walkAccess() throws Exception {
        var me = admin.get("/api/me").json().path("id").asString();
        var made =
                call(
                        "createRole",
                        Map.of("name", "ROBOT", "permissions", List.of("READ_ENVIRONMENT")));
        get("listRoles");
        call("readRole", "{role}", "ROBOT");
        send(
                "updateRole",
                "ROBOT",
                Optional.of(Map.of("permissions", List.of("READ_JOB"), "description", "Looks")),
                Map.of("If-Match", made.header("ETag")));
        call(
                "createAssignment",
                Map.of(
                        "principal",
                        me,
                        "role",
                        "ROBOT",
                        "expires",
                        "2100-01-01T00:00:00Z",
                        "metadata",
                        Map.of("ticket", "42")));
        get("listAssignments");
        send("deleteAssignment", me + "/ROBOT", Optional.empty(), Map.of());
        call("deleteRole", "{role}", "ROBOT");
        var grant =
                call(
                        "createGrant",
                        Map.of(
                                "subject",
                                Map.of("kind", "ROLE", "role", "AUDITOR"),
                                "effect",
                                "ALLOW",
                                "permissions",
                                List.of("REVEAL_CREDENTIAL"),
                                "pattern",
                                "environment/*"));
        get("listGrants");
        keep(
                "explainAccess",
                admin.get("/api/access/explain?action=REVEAL_CREDENTIAL&resource=environment/1"));
        keep(
                "whoMay",
                admin.get("/api/access/who?action=REVEAL_CREDENTIAL&resource=environment/1"));
        call("deleteGrant", "{grant}", grant.json().path("id").asString());
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

    private void walkSecrets() throws Exception {
        var made =
                call(
                        "createSecret",
                        Map.of(
                                "service",
                                "prod/db",
                                "account",
                                "app",
                                "value",
                                "first",
                                "tags",
                                List.of("db"),
                                "metadata",
                                Map.of("owner", "ada"),
                                "expires",
                                "2030-01-01T00:00:00Z"));
        var id = made.json().path("id").asString();
        keep("listSecrets", admin.get("/api/secrets?q=pro&total=true"));
        get("secretFolders");
        keep("findSecret", admin.get("/api/secrets/by-name?service=prod/db&account=app"));
        call("readSecret", "{id}", id);
        var second = Map.of("value", "second", "change", "rotated", "expectedVersion", 1);
        send("putSecretVersion", id, Optional.of(second), Map.of());
        var notes = Map.of("notes", "for the shop", "keepDays", 30);
        send("changeSecret", id, Optional.of(notes), Map.of("If-Match", "\"2\""));
        var back = Map.of("version", 1);
        send("rollBackSecret", id, Optional.of(back), Map.of("If-Match", "\"3\""));
        call("readSecretValue", "{id}", id);
        keep("revealSecret", admin.post("/api/secrets/" + id + "/reveal?purpose=view", ""));
        call("secretVersions", "{id}", id);
        keep("compareSecret", admin.get("/api/secrets/" + id + "/compare?from=1&to=2&values=true"));
        call("secretUsage", "{id}", id);
        send("deleteSecret", id, Optional.empty(), Map.of("If-Match", "\"4\""));
        call("undeleteSecret", "{id}", id);
        send("deleteSecret", id, Optional.empty(), Map.of("If-Match", "\"4\""));
        call("destroySecret", "{id}", id);
        walkBatches();
    }

    private void walkBatches() throws Exception {
        call("generateSecret", Map.of("kind", "KEY_PAIR", "algorithm", "ED25519"));
        call("secretStrength", Map.of("value", "password"));
        var one = Map.of("service", "batch", "account", "one", "value", "1");
        var wrong = Map.of("service", "..", "account", "two", "value", "2");
        call("createSecrets", Map.of("items", List.of(one, wrong)));
        var name = Map.of("service", "batch", "account", "one");
        call("readSecretValues", Map.of("items", List.of(name), "atomic", true));
        var next = Map.of("service", "batch", "account", "one", "value", "2", "expectedVersion", 1);
        call("putSecretVersions", Map.of("items", List.of(next)));
        var end = Map.of("service", "batch", "account", "one", "expectedVersion", 2);
        call("deleteSecrets", Map.of("items", List.of(end, end)));
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
