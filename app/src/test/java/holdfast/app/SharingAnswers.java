package holdfast.app;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks for what is done with a secret beside keeping it: shares, links, canaries, files and mixed batches.
final class SharingAnswers {
    private SharingAnswers() {}

    static void walk(DescribedAnswers api, Person admin) throws Exception {
        var secret =
                api.call(
                                "createSecret",
                                Map.of("service", "lent/db", "account", "app", "value", "first"))
                        .json()
                        .path("id")
                        .asString();
        shares(api, secret);
        links(api, secret);
        api.call("markCanary", secret, Map.of("locks", false));
        api.get("listCanaries");
        api.call("unmarkCanary", "{id}", secret);
        for (var format : List.of("CSV", "JSON")) {
            api.call("exportSecrets", Map.of("format", format));
        }
        var made = Map.of("service", "lent/db", "account", "two", "value", "second");
        var asked = Map.of("service", "lent/db", "account", "app");
        api.call(
                "workOnSecrets",
                Map.of("items", List.of(Map.of("create", made), Map.of("read", asked))));
    }

    private static void shares(DescribedAnswers api, String secret) throws Exception {
        var role = Map.of("kind", "ROLE", "role", "AUDITOR");
        var share = api.call("shareSecret", secret, Map.of("with", role, "permission", "READ"));
        var id = share.json().path("id").asString();
        api.call("secretShares", "{id}", secret);
        api.get("listShares");
        api.get("shareStatistics");
        api.send(
                "changeShare",
                id,
                Optional.of(Map.of("permission", "READ_ROTATE")),
                Map.of("If-Match", share.header("ETag")));
        api.call("revokeShare", "{share}", id);
    }

    private static void links(DescribedAnswers api, String secret) throws Exception {
        var expires = Instant.now().plus(Duration.ofHours(1)).toString();
        var made = api.call("createLink", secret, Map.of("expires", expires, "uses", 2)).json();
        api.call("openLink", Map.of("token", made.path("token").asString()));
        api.call("secretLinks", "{id}", secret);
        api.call("revokeLink", "{link}", made.path("link").path("id").asString());
    }
}
