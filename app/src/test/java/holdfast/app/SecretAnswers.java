package holdfast.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks for everything that is done with secrets and their versions, one by one and many at once.
final class SecretAnswers {
    private SecretAnswers() {}

    static void walk(DescribedAnswers api, Person admin) throws Exception {
        secrets(api, admin);
        batches(api);
    }

    private static void secrets(DescribedAnswers api, Person admin) throws Exception {
        var made =
                api.call(
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
        api.keep("listSecrets", admin.get("/api/secrets?q=pro&total=true"));
        api.get("secretFolders");
        api.keep("findSecret", admin.get("/api/secrets/by-name?service=prod/db&account=app"));
        api.call("readSecret", "{id}", id);
        var second = Map.of("value", "second", "change", "rotated", "expectedVersion", 1);
        api.send("putSecretVersion", id, Optional.of(second), Map.of());
        var notes = Map.of("notes", "for the shop", "keepDays", 30);
        api.send("changeSecret", id, Optional.of(notes), Map.of("If-Match", "\"2\""));
        var back = Map.of("version", 1);
        api.send("rollBackSecret", id, Optional.of(back), Map.of("If-Match", "\"3\""));
        api.call("readSecretValue", "{id}", id);
        api.keep("revealSecret", admin.post("/api/secrets/" + id + "/reveal?purpose=view", ""));
        api.call("secretVersions", "{id}", id);
        api.keep(
                "compareSecret",
                admin.get("/api/secrets/" + id + "/compare?from=1&to=2&values=true"));
        api.call("secretUsage", "{id}", id);
        api.send("deleteSecret", id, Optional.empty(), Map.of("If-Match", "\"4\""));
        api.call("undeleteSecret", "{id}", id);
        api.send("deleteSecret", id, Optional.empty(), Map.of("If-Match", "\"4\""));
        api.call("destroySecret", "{id}", id);
    }

    private static void batches(DescribedAnswers api) throws Exception {
        api.call("generateSecret", Map.of("kind", "KEY_PAIR", "algorithm", "ED25519"));
        api.call("secretStrength", Map.of("value", "password"));
        var one = Map.of("service", "batch", "account", "one", "value", "1");
        var wrong = Map.of("service", "..", "account", "two", "value", "2");
        api.call("createSecrets", Map.of("items", List.of(one, wrong)));
        var name = Map.of("service", "batch", "account", "one");
        api.call("readSecretValues", Map.of("items", List.of(name), "atomic", true));
        var next = Map.of("service", "batch", "account", "one", "value", "2", "expectedVersion", 1);
        api.call("putSecretVersions", Map.of("items", List.of(next)));
        var end = Map.of("service", "batch", "account", "one", "expectedVersion", 2);
        api.call("deleteSecrets", Map.of("items", List.of(end, end)));
    }
}
