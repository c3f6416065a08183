package holdfast.demo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The main job, step by step over the API: first run, environment, sync, look, reveal, export, verify.
final class MainJob {
    private static final String USER = "admin";
    private static final String NAME = "San Francisco";

    private final Client client;
    private final Steps steps;
    private final String password;

    /// @param password the administrator's, chosen for this run
    MainJob(Client client, Steps steps, String password) {
        this.client = client;
        this.steps = steps;
        this.password = password;
    }

    void firstRun(String code) {
        steps.step(
                "first run",
                () ->
                        client.post(
                                "/api/setup",
                                Map.of("code", code, "username", USER, "password", password)),
                me -> me.path("username").asString() + " is " + me.path("role").asString());
    }

    /// {@return whether the password of this run still opens the door}
    boolean isWelcome() {
        try {
            client.post("/api/auth/sign-in", Map.of("username", USER, "password", password));
            return true;
        } catch (Client.Failed _) {
            return false;
        }
    }

    void signIn() {
        steps.step(
                "sign in",
                () ->
                        client.post(
                                "/api/auth/sign-in",
                                Map.of("username", USER, "password", password)),
                me -> "as " + me.path("username").asString());
    }

    /// Looks at the certificate first, pins what was shown, then saves.
    ///
    /// @return the environment's id
    String environment(Estate estate) {
        return steps.step(
                "create the environment",
                () -> client.post("/api/environments", described(estate)).path("id").asString(),
                id -> NAME + " with pinned fingerprints");
    }

    /// The appliances have come up anew, at other ports with other certificates.
    ///
    /// @return the environment's id; nothing when it was deleted or renamed
    Optional<String> moved(Estate estate) {
        for (var environment : client.get("/api/environments?limit=1000").path("items")) {
            if (environment.path("name").asString().equals(NAME)) {
                var id = environment.path("id").asString();
                return Optional.of(
                        steps.step(
                                "tell the environment where its appliances are now",
                                () -> {
                                    client.replace("/api/environments/" + id, described(estate));
                                    return id;
                                },
                                _ -> NAME + " with new fingerprints"));
            }
        }
        return Optional.empty();
    }

    private Map<String, Object> described(Estate estate) {
        return Map.of(
                "name",
                NAME,
                "description",
                "The simulated estate of the demo",
                "installer",
                source("INSTALLER", estate.installer()),
                "sddcManager",
                source("SDDC_MANAGER", estate.sddcManager()));
    }

    private Map<String, Object> source(String kind, Estate.Appliance appliance) {
        var shown =
                client.post(
                                "/api/environments/test",
                                Map.of(
                                        "kind",
                                        kind,
                                        "host",
                                        appliance.host(),
                                        "port",
                                        appliance.port()))
                        .path("certificate");
        var fingerprint = shown.path("fingerprint").asString("");
        Steps.require(
                fingerprint.equals(appliance.fingerprint()),
                "%s showed %s instead of %s".formatted(kind, fingerprint, appliance.fingerprint()));
        return Map.of(
                "host", appliance.host(),
                "port", appliance.port(),
                "username", appliance.username(),
                "password", appliance.password(),
                "trust", Map.of("mode", "PIN", "fingerprint", fingerprint));
    }

    void sync(String environment) {
        steps.step(
                "sync both sources",
                () -> {
                    var run =
                            client.post(
                                    "/api/environments/" + environment + "/sync?wait=60", Map.of());
                    Steps.require(
                            run.path("status").asString().equals("SUCCESS"),
                            "the run ended as " + run);
                    return run;
                },
                run -> fetched(run) + " credentials");
    }

    private static String fetched(JsonNode run) {
        var text = new StringBuilder();
        run.path("sources")
                .forEach(source ->
                        text.append(text.isEmpty() ? "" : ", ")
                                .append(source.path("kind").asString())
                                .append(' ')
                                .append(source.path("fetched").asInt()));
        return text.toString();
    }

    JsonNode list(String environment) {
        return steps.step(
                "list without values",
                () -> {
                    var page =
                            client.get(
                                    "/api/environments/" + environment + "/credentials?limit=1000");
                    Steps.require(!page.path("items").isEmpty(), "no credentials");
                    page.path("items")
                            .forEach(item ->
                                    Steps.require(
                                            !item.has("value") && !item.has("password"),
                                            "a list carries values"));
                    return page;
                },
                page -> page.path("total").asInt() + " rows");
    }

    void search(String environment) {
        steps.step(
                "search on the server",
                () ->
                        client.get(
                                "/api/environments/"
                                        + environment
                                        + "/credentials?q="
                                        + encoded("esx")),
                page -> page.path("total").asInt() + " rows match");
    }

    JsonNode reveal(String environment, String credential) {
        return steps.step(
                "reveal one",
                () -> {
                    var value =
                            client.post(
                                    "/api/environments/%s/credentials/%s/reveal?purpose=view"
                                            .formatted(environment, credential),
                                    Map.of());
                    Steps.require(!value.path("value").asString().isEmpty(), "the value is empty");
                    return value;
                },
                value -> "version " + value.path("version").asInt());
    }

    /// {@return every value that left}
    List<String> exports(String environment, int total, JsonNode revealed) {
        client.post("/api/auth/step-up", Map.of("password", password));
        var base = "/api/environments/" + environment + "/export/";
        var csv = export("CSV", () -> Exported.csv(client.download(base + "csv")), total, revealed);
        var xlsx =
                export(
                        "XLSX",
                        () -> Exported.xlsx(client.download(base + "excel")),
                        total,
                        revealed);
        steps.step(
                "compare the two exports",
                () -> {
                    Steps.require(passwords(csv).equals(passwords(xlsx)), "they differ");
                    return csv.size();
                },
                rows -> rows + " equal passwords");
        return passwords(csv);
    }

    private List<Map<String, String>> export(
            String format,
            java.util.function.Supplier<List<Map<String, String>>> read,
            int total,
            JsonNode revealed) {
        return steps.step(
                "export " + format + " and read it back",
                () -> {
                    var rows = read.get();
                    Steps.require(
                            rows.size() == total,
                            "%d rows instead of %d".formatted(rows.size(), total));
                    Steps.require(
                            passwords(rows).contains(revealed.path("value").asString()),
                            "the revealed value is not in it");
                    return rows;
                },
                rows -> rows.size() + " rows");
    }

    private static List<String> passwords(List<Map<String, String>> rows) {
        return rows.stream().map(row -> row.getOrDefault("password", "")).toList();
    }

    void exposures(String credential) {
        steps.step(
                "who ever saw it",
                () -> {
                    var page = client.get("/api/audit/exposures?credential=" + credential);
                    Steps.require(
                            page.path("total").asInt() >= 3,
                            "expected the reveal and both exports");
                    return page;
                },
                page -> page.path("total").asInt() + " events: a reveal and two exports");
    }

    void verify() {
        steps.step(
                "verify the ledger",
                () -> {
                    var verdict = client.get("/api/audit/verify");
                    Steps.require(verdict.path("ok").asBoolean(false), "the verdict is " + verdict);
                    return verdict;
                },
                verdict -> verdict.path("sentence").asString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
