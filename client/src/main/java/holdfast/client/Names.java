package holdfast.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Turns what people call things into ids. An id is taken as it is; a name must fit exactly one thing.
final class Names {
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);
    private static final String MOST = "&limit=1000";

    private final Api api;

    Names(Api api) {
        this.api = api;
    }

    /// @param member `id` of an environment, `secret`, `tenant`, `user`, `machine`, `principal` (either), `credential`, `token`, `job`; others are ids only
    /// @param known  members found before, for example the environment of a credential
    String id(String member, String text, Map<String, String> known) {
        if (ID.matcher(text).matches()) {
            return text;
        }
        return switch (member) {
            case "id" ->
                    only(
                            "environment",
                            text,
                            "/api/environments?q=" + encoded(text) + MOST,
                            named("name", text));
            case "secret" -> secret(text);
            case "tenant" ->
                    only(
                            "tenant",
                            text,
                            "/api/tenants?q=" + encoded(text) + MOST,
                            named("name", text));
            case "user" -> user(text).orElseThrow(() -> nothing("user", text));
            case "machine" -> machine(text).orElseThrow(() -> nothing("machine", text));
            case "principal" ->
                    user(text)
                            .or(() -> machine(text))
                            .orElseThrow(() -> nothing("user or machine", text));
            case "token" ->
                    only(
                            "token",
                            text,
                            known.containsKey("machine")
                                    ? "/api/machines/" + known.get("machine") + "/tokens"
                                    : "/api/tokens",
                            named("name", text));
            case "job" -> only("job", text, "/api/jobs", named("id", text).or(named("name", text)));
            case "credential" -> credential(text, known);
            default -> text;
        };
    }

    private Optional<String> user(String text) {
        return one("user", text, "/api/users?q=" + encoded(text) + MOST, named("username", text));
    }

    private Optional<String> machine(String text) {
        return one("machine", text, "/api/machines?q=" + encoded(text) + MOST, named("name", text));
    }

    /// A deleted secret keeps its name.
    private String secret(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 1) {
            throw Stopped.usedWrongly(
                    "'%s' is no secret: give its id, or SERVICE/ACCOUNT".formatted(text));
        }
        var service = text.substring(0, slash);
        var account = text.substring(slash + 1);
        try {
            return api.get(
                            "/api/secrets/by-name?service="
                                    + encoded(service)
                                    + "&account="
                                    + encoded(account))
                    .path("id")
                    .asString("");
        } catch (Problem problem) {
            if (!problem.code().equals("not-found")) {
                throw problem;
            }
            return only(
                    "secret",
                    text,
                    "/api/secrets?state=DELETED&service=" + encoded(service) + MOST,
                    named("service", service).and(named("account", account)));
        }
    }

    private String credential(String text, Map<String, String> known) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw Stopped.usedWrongly(
                    "'%s' is no credential: give its id, or RESOURCE/USERNAME".formatted(text));
        }
        var resource = text.substring(0, slash);
        var list =
                known.containsKey("id")
                        ? "/api/environments/" + known.get("id") + "/credentials"
                        : "/api/credentials";
        return only(
                "credential",
                text,
                list + "?state=PRESENT&state=GONE&q=" + encoded(resource) + MOST,
                named("resourceName", resource).and(named("username", text.substring(slash + 1))));
    }

    private static Predicate<JsonNode> named(String member, String text) {
        return item -> item.path(member).asString("").equalsIgnoreCase(text);
    }

    private String only(String what, String text, String list, Predicate<JsonNode> fits) {
        return one(what, text, list, fits).orElseThrow(() -> nothing(what, text));
    }

    private static Stopped nothing(String what, String text) {
        return Stopped.refused("there is no %s '%s'".formatted(what, text));
    }

    private Optional<String> one(String what, String text, String list, Predicate<JsonNode> fits) {
        List<JsonNode> found = new ArrayList<>();
        for (var item : api.get(list).path("items")) {
            if (fits.test(item)) {
                found.add(item);
            }
        }
        if (found.size() > 1) {
            throw Stopped.refused(
                    "'%s' fits more than one %s, give its id:%s"
                            .formatted(text, what, candidates(found)));
        }
        return found.stream().findFirst().map(item -> item.path("id").asString(""));
    }

    private static String candidates(List<JsonNode> found) {
        var text = new StringBuilder();
        for (var item : found) {
            text.append("\n  ").append(item.path("id").asString(""));
            for (var member : List.of("name", "credentialType", "accountType", "source", "state")) {
                text.append(item.has(member) ? " " + item.path(member).asString("") : "");
            }
        }
        return text.toString();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
