package holdfast.system;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.demo.Client;
import holdfast.demo.Traces;
import holdfast.simulator.Fault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What people and appliances do in a day, rights and wrongs, with every secret of it marked.
///
/// Each answer that must not carry a value is searched as well.
final class BusyDay {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> TROUBLES =
            List.of(
                    "malformed-json@/v1/credentials",
                    "truncated-json@/v1/credentials",
                    "html@/v1/credentials",
                    "wrong-type@/v1/credentials",
                    "unknown-enum@/v1/credentials",
                    "missing-field=username@/v1/credentials",
                    "duplicates@/v1/credentials",
                    "half-list@/v1/credentials",
                    "status=403@/v1/credentials",
                    "malformed-json@/v1/sddcs",
                    "status=401@/v1/tokens");

    private static final List<String> TEMPLATES =
            List.of(
                    "DATABASE_PASSWORD",
                    "API_KEY",
                    "ENCRYPTION_KEY",
                    "WEB_PASSWORD",
                    "ACCESS_TOKEN",
                    "PASSPHRASE",
                    "VCF");

    private final Installation installation;
    private final SimulatedSite site;
    private final Traces traces;
    private final Client admin;
    private String environment = "";
    private int answers;

    BusyDay(Installation installation, SimulatedSite site, Traces traces) {
        this.installation = installation;
        this.site = site;
        this.traces = traces;
        this.admin = installation.admin();
        traces.mark("the administrator's password", Installation.PASSWORD);
        traces.mark("the setup code", installation.server().setupCode().orElseThrow());
        markCookie("the administrator", admin);
    }

    /// {@return how many answers were searched}
    int walk() {
        environments();
        values();
        secrets();
        troubles();
        users();
        tokens();
        mistakes();
        looks();
        return answers;
    }

    private void environments() {
        markEstate();
        for (var simulator : List.of(site.installer(), site.manager())) {
            traces.mark("a source's password", simulator.password());
        }
        environment =
                post(201, "/api/environments", site.environment("Busy")).path("id").asString();
        post(200, at("/test"), Map.of());
        post(200, at("/sync?wait=60"), Map.of());
        site.rotateAll();
        markEstate();
        post(200, at("/sync?wait=60"), Map.of());
    }

    /// The values as they are now; called after each change.
    private void markEstate() {
        for (var simulator : List.of(site.installer(), site.manager())) {
            for (var row : simulator.estate().credentials()) {
                if (row.password().length() >= 10) {
                    traces.mark("a credential's value", row.password());
                }
            }
        }
    }

    /// What leaves here leaves rightly; it is not searched.
    private void values() {
        var page = get(at("/credentials?limit=1000"));
        var credential = readable(page);
        for (var purpose : List.of("view", "copy")) {
            call("POST", at("/credentials/" + credential + "/reveal?purpose=" + purpose), Map.of());
        }
        get(at("/credentials/" + credential + "/history"));
        get("/api/audit/exposures?credential=" + credential);
        for (var format : List.of("csv", "excel", "json", "yaml")) {
            assertThat(admin.download(at("/export/" + format))).isNotEmpty();
        }
        var passphrase = "Marked passphrase of an export: \"quoted\" & <odd>";
        traces.mark("the passphrase of an export", passphrase);
        call("POST", at("/export/keepass"), Map.of("passphrase", passphrase));
        call("POST", at("/export/break-glass"), Map.of("passphrase", passphrase));
        var file =
                call(
                        "POST",
                        "/api/environments/export",
                        Map.of("format", "json", "passphrase", passphrase));
        var bringIn = new HashMap<String, Object>();
        bringIn.put("document", file);
        bringIn.put("passphrase", passphrase);
        bringIn.put("existing", "replace");
        post(200, "/api/environments/import", bringIn);
        bringIn.put("passphrase", "Marked passphrase that is wrong");
        traces.mark("a wrong passphrase", "Marked passphrase that is wrong");
        bringIn.put("dryRun", true);
        refused("POST", "/api/environments/import", JSON.writeValueAsString(bringIn));
    }

    /// Of the vault: given ones as text and bytes, and generated ones of every template.
    private void secrets() {
        var first = "First marked \"secret\" <of> the väult \\ 1%";
        var second = "Second marked secret & other 'quotes' 2+?/";
        traces.mark("a secret", first);
        traces.mark("a secret's second version", second);
        var id = keep("text", Map.of("value", first));
        var one = "/api/secrets/" + id;
        post(201, one + "/versions", Map.of("value", second, "expectedVersion", 1));
        call("POST", one + "/reveal?purpose=view", Map.of());
        call("GET", one + "/value?version=1", Map.of());
        call("POST", "/api/secrets/batch/read", Map.of("items", List.of(Map.of("id", id))));
        get(one + "/compare?from=1&to=2");
        post(201, one + "/rollback", Map.of("version", 1, "expectedVersion", 2));

        var bytes = "Marked bytes of a secret \u0001\u0002\u0003".getBytes(StandardCharsets.UTF_8);
        traces.mark("bytes of a secret", bytes);
        keep("bytes", Map.of("valueBase64", Base64.getEncoder().encodeToString(bytes)));
        for (var template : TEMPLATES) {
            var made =
                    JSON.readTree(call("POST", "/api/generate", Map.of("template", template)))
                            .path("value")
                            .asString();
            traces.mark("a generated " + template, made);
            keep(template, Map.of("value", made));
        }
        for (var look : List.of("", "/versions", "/usage")) {
            get(one + look);
        }
        get("/api/secrets?q=marked");
        get("/api/secrets/folders");
        traces.mark("a secret that was weighed", "Marked secret that was only weighed 6");
        post(200, "/api/strength", Map.of("value", "Marked secret that was only weighed 6"));
        refused("POST", "/api/secrets", body("service", "busy", "value", first));
        refused("POST", one + "/versions", body("value", second, "valueBase64", first));
    }

    /// {@return the id of a new secret}
    private String keep(String account, Map<String, String> value) {
        var body = new HashMap<String, Object>(value);
        body.put("service", "busy/day");
        body.put("account", account.toLowerCase(Locale.ROOT));
        return post(201, "/api/secrets", body).path("id").asString();
    }

    private static String readable(JsonNode page) {
        for (var item : page.path("items")) {
            if (item.path("hasValue").asBoolean(false)) {
                return item.path("id").asString();
            }
        }
        throw new AssertionError("no credential has a value");
    }

    /// Each answer of an appliance that cannot be used.
    private void troubles() {
        for (var trouble : TROUBLES) {
            site.add(Fault.of(trouble));
            call("POST", at("/sync?wait=60"), Map.of());
            site.calm();
            post(200, at("/sync?wait=60"), Map.of());
        }
    }

    private void users() {
        var first = "First marked plum stone 1!";
        var second = "Second marked plum \"stone\" 2!";
        var third = "Third marked plum <stone> & 3!";
        traces.mark("a user's password", first);
        traces.mark("a user's new password", second);
        traces.mark("a user's reset password", third);
        var user =
                post(
                        201,
                        "/api/users",
                        Map.of("username", "bob", "password", first, "role", "OPERATOR"));
        var bob = new Client(installation.server().url(), installation.server().fingerprint());
        bob.post("/api/auth/sign-in", Map.of("username", "bob", "password", first));
        markCookie("bob", bob);
        bob.post("/api/me/password", Map.of("currentPassword", first, "newPassword", second));
        markCookie("bob after the change", bob);
        admin.post("/api/auth/step-up", Map.of("password", Installation.PASSWORD));
        markCookie("the administrator after the step-up", admin);
        var id = user.path("id").asString();
        get("/api/users/" + id + "/sessions");
        post(200, "/api/users/" + id + "/reset", Map.of("password", third));
        call("POST", "/api/users/" + id + "/disable", Map.of());
    }

    private void tokens() {
        var made =
                JSON.readTree(
                        call(
                                "POST",
                                "/api/tokens",
                                Map.of(
                                        "name",
                                        "script",
                                        "permissions",
                                        List.of("READ_CREDENTIAL"),
                                        "expiresInDays",
                                        7)));
        traces.mark("an API token", made.path("secret").asString());
        get("/api/tokens");
        call("DELETE", "/api/tokens/" + made.path("token").path("id").asString(), Map.of());
    }

    /// People type secrets where they do not belong.
    private void mistakes() {
        var typed = "Marked secret typed astray 8%!";
        traces.mark("a secret in a wrong field", typed);
        var inUrl = URLEncoder.encode(typed, StandardCharsets.UTF_8);
        refused("POST", "/api/auth/sign-in", body("username", typed, "password", "nothing at all"));
        refused("POST", "/api/auth/sign-in", body("username", "ada", "password", typed));
        refused("POST", "/api/auth/sign-in", "{\"username\":\"ada\",\"password\":\"" + typed);
        refused("POST", "/api/auth/sign-in", "{\"password\":[\"" + typed + "\"]}");
        refused("POST", "/api/setup", body("code", typed, "password", typed));
        refused("POST", "/api/users", body("username", "eve", "password", typed));
        refused("POST", "/api/environments", "{\"name\":\"x\",\"password\":\"" + typed + "\"}");
        // names the unknown member to who sent it; nobody else may read it
        call("POST", "/api/environments", Map.of("name", "x", typed, 1));
        refused("POST", at("/export/keepass"), body("passphrase", typed, "more", typed));
        refused("POST", at("/credentials/" + inUrl + "/reveal"), "");
        admin.call("GET", at("/credentials?q=" + inUrl), Optional.empty());
        admin.call("GET", "/api/audit?q=" + inUrl, Optional.empty());
        refused("GET", at("/credentials?sort=" + inUrl), "");
        refused("GET", "/api/" + inUrl, "");
        post(
                200,
                "/api/passwords/strength",
                Map.of("password", "Marked password that was only weighed 5"));
        traces.mark("a password that was weighed", "Marked password that was only weighed 5");
    }

    private static String body(String name, String value, String other, String more) {
        return JSON.writeValueAsString(Map.of(name, value, other, more));
    }

    private void looks() {
        for (var path :
                List.of(
                        "/api/overview",
                        "/api/environments",
                        "/api/environments/" + environment,
                        at("/runs"),
                        at("/facets"),
                        "/api/credentials?limit=100",
                        "/api/credentials/facets",
                        "/api/jobs",
                        "/api/settings",
                        "/api/system/health",
                        "/api/system/info",
                        "/api/me",
                        "/api/me/sessions",
                        "/api/users",
                        "/api/audit?limit=100",
                        "/api/audit/statistics",
                        "/api/audit/verify",
                        "/api/audit/export/csv",
                        "/api/audit/export/json",
                        "/api/audit/export/bundle",
                        "/metrics")) {
            var answer = admin.call("GET", path, Optional.empty());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            search("the answer to GET " + path, answer.body());
        }
    }

    private String at(String path) {
        return "/api/environments/" + environment + path;
    }

    private JsonNode get(String path) {
        var answer = admin.call("GET", path, Optional.empty());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        search("the answer to GET " + path, answer.body());
        return JSON.readTree(answer.body());
    }

    /// Sends what is right, and searches the answer.
    private JsonNode post(int status, String path, Map<String, ?> body) {
        var text = body.isEmpty() ? "" : JSON.writeValueAsString(body);
        var answer = admin.call("POST", path, Optional.of(text).filter(some -> !some.isEmpty()));
        assertThat(answer.statusCode())
                .as("POST %s: %s", path, text(answer.body()))
                .isEqualTo(status);
        search("the answer to POST " + path, answer.body());
        return JSON.readTree(answer.body());
    }

    /// Sends, and does not search the answer: it may carry a value.
    private String call(String method, String path, Map<String, ?> body) {
        var text = body.isEmpty() ? "" : JSON.writeValueAsString(body);
        var answer = admin.call(method, path, Optional.of(text).filter(some -> !some.isEmpty()));
        return text(answer.body());
    }

    private void refused(String method, String path, String body) {
        var answer = admin.call(method, path, Optional.of(body).filter(some -> !some.isEmpty()));
        assertThat(answer.statusCode()).as("%s %s", method, path).isBetween(400, 499);
        search("the refusal of " + method, answer.body());
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private void search(String place, byte[] body) {
        traces.search(place, body);
        answers++;
    }

    private void markCookie(String whose, Client client) {
        var cookie = client.cookie().orElseThrow();
        traces.mark("the session of " + whose, cookie.substring(cookie.indexOf('=') + 1));
    }
}
