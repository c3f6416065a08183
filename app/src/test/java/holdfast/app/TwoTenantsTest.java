package holdfast.app;

import static holdfast.app.Neighbours.FIRST;
import static holdfast.app.Neighbours.id;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.app.ApiDocument.Operation;
import holdfast.app.Person.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two tenants of one server, each trying to learn of the other: what the other keeps answers like what never existed.
class TwoTenantsTest {
    private static final Pattern INSTANCE = Pattern.compile("urn:uuid:[0-9a-f-]{36}");

    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

    /// What differs from one answer to the next whatever is asked.
    private static final Set<String> CHANGING =
            Set.of(
                    "date",
                    "x-request-id",
                    "ratelimit",
                    "x-ratelimit-remaining",
                    "x-ratelimit-reset");

    @TempDir static Path folder;

    private static LiveServer server;

    private static Person ada;

    private static Person bea;

    private static List<Operation> operations;

    private static final Map<String, String> THEIRS = new HashMap<>();

    private static final Map<String, String> NOBODYS = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        server = LiveServer.start(folder, "--rate-sign-in", "100000", "--rate-heavy", "100000");
        operations = ApiDocument.read().operations();
        var both = Neighbours.on(server);
        ada = both.ada();
        bea = both.bea();
        fill();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// The first tenant keeps one of everything that has an id.
    private static void fill() throws IOException, InterruptedException {
        var environment = id(ada.post("/api/environments", server.environment("San Francisco")));
        var run =
                id(
                        ada.post("/api/environments/" + environment + "/sync?wait=60", "")
                                .requireStatus(200));
        var credential = first(ada.get("/api/credentials"), "id");
        var user =
                id(
                        ada.post(
                                "/api/users",
                                Map.of("username", "uma", "password", FIRST, "role", "USER")));
        server.nobody().signIn("uma", FIRST).requireStatus(200);
        var session = first(ada.get("/api/users/" + user + "/sessions"), "id");
        var token =
                ada.post(
                                "/api/tokens",
                                Map.of(
                                        "name",
                                        "t",
                                        "permissions",
                                        List.of("READ_ENVIRONMENT"),
                                        "expiresInDays",
                                        1))
                        .requireStatus(201)
                        .json()
                        .path("token")
                        .path("id")
                        .asString();
        ada.post("/api/access/roles", Map.of("name", "ROBOT", "permissions", List.of("READ_JOB")))
                .requireStatus(201);
        var grant =
                id(
                        ada.post(
                                "/api/access/grants",
                                Map.of(
                                        "subject",
                                        Map.of("kind", "USER", "id", user),
                                        "effect",
                                        "ALLOW",
                                        "permissions",
                                        List.of("READ_JOB"),
                                        "pattern",
                                        "job/*")));
        var newest = first(ada.get("/api/audit?limit=1"), "index");
        var tenant = ada.get("/api/me").json().path("tenant").path("id").asString();
        THEIRS.putAll(
                Map.of(
                        "id", environment,
                        "run", run,
                        "credential", credential,
                        "user", user,
                        "session", session,
                        "token", token,
                        "role", "ROBOT",
                        "grant", grant,
                        "index", newest,
                        "tenant", tenant));
        THEIRS.put(
                "machine",
                id(ada.post("/api/machines", Map.of("name", "ci-runner", "role", "USER"))));
        THEIRS.put("principal", user);
        THEIRS.put("job", "tenant-delete");
        if (knows("createSecret")) {
            THEIRS.put(
                    "secret",
                    id(
                            ada.post(
                                    "/api/secrets",
                                    Map.of(
                                            "service", "prod/one",
                                            "account", "app",
                                            "value", "four green pears"))));
        }
        ada.post("/api/keys", Map.of("name", "theirs", "type", "AES256_GCM")).requireStatus(201);
        THEIRS.put("name", "theirs");
        THEIRS.put("version", "1");
        shared();
        THEIRS.forEach((name, _) -> NOBODYS.put(name, UUID.randomUUID().toString()));
        NOBODYS.put("role", "NOPES");
        NOBODYS.put("index", "9".repeat(newest.length()));
        NOBODYS.put("job", "tenant-dalete");
        NOBODYS.put("name", "absent");
        NOBODYS.put("version", "2");
    }

    private static void shared() throws IOException, InterruptedException {
        var secret =
                id(
                        ada.post(
                                "/api/secrets",
                                Map.of("service", "prod/two", "account", "app", "value", "kept")));
        var share =
                ada.post(
                                "/api/secrets/" + secret + "/shares",
                                Map.of(
                                        "with",
                                        Map.of("kind", "USER", "username", "uma"),
                                        "permission",
                                        "READ"))
                        .requireStatus(201);
        THEIRS.put("share", share.json().path("id").asString());
        var link =
                ada.post(
                                "/api/secrets/" + secret + "/links",
                                Map.of("expires", Instant.now().plusSeconds(600).toString()))
                        .requireStatus(201);
        THEIRS.put("link", link.json().path("link").path("id").asString());
    }

    private static boolean knows(String operation) {
        return operations.stream().anyMatch(one -> one.id().equals(operation));
    }

    @Test
    void what_another_tenant_keeps_answers_like_what_never_existed() throws Exception {
        var different = new TreeMap<String, List<String>>();
        var seen = new ArrayList<String>();
        var withPlaces =
                operations.stream()
                        .filter(one -> one.path().contains("{") && !one.isPublic())
                        .sorted(Comparator.comparing(one -> !one.path().contains("{index}")))
                        .toList();
        for (var operation : withPlaces) {
            var theirs = look(operation, THEIRS);
            var nobodys = look(operation, NOBODYS);
            seen.add(operation.id());
            if (!theirs.equals(nobodys) || !theirs.getFirst().startsWith("4")) {
                different.put(operation.id(), List.of(theirs.toString(), nobodys.toString()));
            }
        }

        assertThat(seen).hasSizeGreaterThan(40);
        assertThat(different).isEmpty();
    }

    @Test
    void ids_in_queries_and_bodies_tell_nothing_either() throws Exception {
        var asked =
                List.of(
                        "/api/access/explain?action=READ_JOB&resource=job/1&principal={user}",
                        "/api/access/grants?principal={user}",
                        "/api/access/assignments?principal={user}",
                        "/api/tokens?user={user}",
                        "/api/audit?actor={user}",
                        "/api/audit?resource=user/{user}",
                        "/api/audit?resource=environment/{id}",
                        "/api/audit/exposures?credential={credential}",
                        "/api/credentials?q={credential}",
                        "/api/users?q=uma");
        for (var target : asked) {
            assertThat(view(bea.get(placed(target, THEIRS)), THEIRS))
                    .as(target)
                    .isEqualTo(view(bea.get(placed(target, NOBODYS)), NOBODYS));
        }
        if (knows("createSecret")) {
            assertThat(view(bea.get("/api/secrets/by-name?service=prod/one&account=app"), Map.of()))
                    .isEqualTo(
                            view(
                                    bea.get("/api/secrets/by-name?service=prod/two&account=app"),
                                    Map.of()));
        }
        for (var ids : List.of(THEIRS, NOBODYS)) {
            var user = ids.get("user");
            var grant =
                    bea.post(
                            "/api/access/grants",
                            Map.of(
                                    "subject",
                                    Map.of("kind", "USER", "id", user),
                                    "effect",
                                    "DENY",
                                    "permissions",
                                    List.of("READ_JOB"),
                                    "pattern",
                                    "a/b"));
            assertThat(grant.status()).isEqualTo(400);
            assertThat(grant.json().path("errors").path(0).path("code").asString())
                    .isEqualTo("unknown");
            assertThat(
                            bea.post(
                                            "/api/access/assignments",
                                            Map.of("principal", user, "role", "USER"))
                                    .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void the_lists_of_one_tenant_hold_nothing_of_the_other() throws Exception {
        for (var target :
                List.of(
                        "/api/environments",
                        "/api/credentials",
                        "/api/tokens",
                        "/api/access/grants",
                        "/api/shares?direction=received",
                        "/api/shares?direction=given",
                        "/api/shares?direction=all")) {
            assertThat(bea.get(target).requireStatus(200).json().path("total").asInt())
                    .as(target)
                    .isZero();
        }
        assertThat(bea.get("/api/keys").requireStatus(200).text()).doesNotContain("theirs");
        assertThat(bea.get("/api/users").text()).contains("\"bea\"").doesNotContain("\"uma\"");
        assertThat(bea.get("/api/access/roles").text()).doesNotContain("ROBOT");
        assertThat(bea.get("/api/audit").text()).doesNotContain(THEIRS.get("id"), "uma");
        assertThat(ada.get("/api/users").text()).doesNotContain("\"bea\"");
    }

    @Test
    void a_tenant_that_the_caller_does_not_belong_to_answers_like_one_that_never_existed()
            throws Exception {
        var different = new TreeMap<String, List<String>>();
        for (var operation : operations) {
            if (operation.path().startsWith("/api/")) {
                var answers = new ArrayList<List<String>>();
                for (var tenant : List.of("default", THEIRS.get("tenant"), "defaulz")) {
                    var path = "/api/t/" + tenant + placed(operation.path(), NOBODYS).substring(4);
                    answers.add(view(ask(bea, operation, path, NOBODYS), NOBODYS));
                }
                if (answers.stream().distinct().count() > 1
                        || !answers.getFirst().getFirst().equals("404")) {
                    different.put(operation.id(), answers.stream().map(List::toString).toList());
                }
            }
        }

        assertThat(different).isEmpty();
    }

    private static List<String> look(Operation operation, Map<String, String> ids)
            throws IOException, InterruptedException {
        return view(ask(bea, operation, placed(operation.path(), ids), ids), ids);
    }

    private static Reply ask(
            Person person, Operation operation, String path, Map<String, String> ids)
            throws IOException, InterruptedException {
        var body =
                operation.id().equals("updateEnvironment")
                        ? Optional.<Object>of(server.environment("Mallory"))
                        : operation.id().startsWith("destroyKey")
                                ? Optional.<Object>of(Map.of("name", ids.get("name")))
                                : Optional.ofNullable(AskedOfOthers.BODIES.get(operation.id()))
                                        .or(() ->
                                                operation.body().containsKey("requestBody")
                                                        ? Optional.of("{}")
                                                        : Optional.empty());
        return person.send(operation.method(), path, body, Map.of("If-Match", "\"1\""));
    }

    /// What `{id}` names depends on where it stands; a name that this test does not know leads to nothing.
    private static String placed(String path, Map<String, String> ids) {
        var named = path.replace("/api/secrets/{id}", "/api/secrets/{secret}");
        return PLACE.matcher(named)
                .replaceAll(place ->
                        ids.getOrDefault(place.group(1), "0198c0de-0000-7000-8000-000000000001"));
    }

    /// {@return status, headers and body, without what differs from one answer to the next}
    private static List<String> view(Reply reply, Map<String, String> ids) {
        var headers = new TreeMap<>(reply.answer().headers().map());
        headers.keySet()
                .removeIf(name -> CHANGING.contains(name.toLowerCase(java.util.Locale.ROOT)));
        var body = INSTANCE.matcher(reply.text()).replaceAll("INSTANCE");
        for (var id : ids.values()) {
            if (id.length() > 4) { // a number may stand anywhere, also inside an id
                body = body.replace(id, "ID");
            }
        }
        return List.of(String.valueOf(reply.status()), headers.toString(), body);
    }

    private static String first(Reply reply, String member) {
        return reply.requireStatus(200).json().path("items").path(0).path(member).asString();
    }
}
