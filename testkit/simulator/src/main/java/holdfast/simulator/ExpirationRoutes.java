package holdfast.simulator;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/credentials/expirations`: asks the components; the only credential call that declares 429.
final class ExpirationRoutes {
    private static final String PATH = "/v1/credentials/expirations";

    /// @param ids of the rows that are asked about
    private record Check(String id, Instant created, Set<String> ids, int polls, boolean done) {
        private Check polled(int needed) {
            return new Check(id, created, ids, polls + 1, polls >= needed);
        }
    }

    private final World world;
    private final CredentialJson json;
    private final Map<String, Check> checks = new LinkedHashMap<>();
    private int asked;

    ExpirationRoutes(World world) {
        this.world = world;
        this.json = new CredentialJson(world);
    }

    List<Route> routes() {
        return List.of(
                Route.sddc("POST", PATH, Access.ADMIN, this::start),
                Route.sddc("GET", PATH + "/{id}", Access.ADMIN, this::poll));
    }

    private synchronized Reply start(Route.Call call) {
        var body =
                Json.readObject(
                        call.request(), Set.of("resourceType", "domainName", "credentialIds"));
        var ids = ids(body);
        asked++;
        if (isTooMany()) {
            boolean hint = world.switches().is(Switch.RETRY_AFTER, "present");
            throw new Refused(
                    FaultyAppliance.tooMany(
                            hint ? world.switches().number(Switch.RETRY_AFTER_SECONDS) : 0));
        }
        var check = new Check(world.estate().newId(), world.now(), ids, 0, false);
        checks.put(check.id(), check);
        return Reply.json(world.accepted(), head(check));
    }

    private boolean isTooMany() {
        return switch (world.switches().setting(Switch.RATE_LIMIT)) {
            case "overlapping" -> checks.values().stream().anyMatch(check -> !check.done());
            case "every-nth" ->
                    asked % Math.max(1, world.switches().number(Switch.RATE_LIMIT_NTH)) == 0;
            default -> false;
        };
    }

    private Set<String> ids(ObjectNode body) {
        var type = Json.required(body, "resourceType");
        RotationRequest.requireType(world.version(), type);
        var domain = Json.optional(body, "domainName");
        var wanted = new HashSet<String>();
        if (body.has("credentialIds")) {
            if (!(body.get("credentialIds") instanceof ArrayNode array)) {
                throw Refused.badRequest("credentialIds must be an array.");
            }
            array.valueStream().map(JsonNode::asString).forEach(wanted::add);
        }
        var ids = new HashSet<String>();
        for (var row : world.estate().credentials()) {
            boolean named = wanted.isEmpty() || wanted.contains(row.id());
            boolean inDomain = domain.isEmpty() || row.component().domains().contains(domain.get());
            if (named && inDomain && row.component().type().equals(type)) {
                ids.add(row.id());
            }
        }
        return ids;
    }

    private synchronized Reply poll(Route.Call call) {
        var known = checks.get(call.segment("id"));
        if (known == null) {
            throw Refused.notFound("Expiration check was not found.");
        }
        var check = known.done() ? known : known.polled(needed());
        checks.put(check.id(), check);
        if (check.done() && world.switches().is(Switch.EXPIRATION_OUTCOME, "failed")) {
            return Reply.json(200, head(check).put("status", "FAILED"));
        }
        var body = head(check);
        if (check.done()) {
            if (!known.done()) {
                world.estate().checked(check.ids(), world.now());
            }
            body.put("completionTimestamp", Json.time(world.now()));
            var elements = body.putArray("elements");
            world.estate().credentials().stream()
                    .filter(row -> check.ids().contains(row.id()))
                    .forEach(row -> elements.add(element(check, row)));
            if (world.switches().is(Switch.EXPIRATION_OUTCOME, "partly-failed")) {
                for (int i = 0; i < elements.size(); i += 3) {
                    fail((ObjectNode) elements.get(i));
                }
            }
        }
        return Reply.json(200, body);
    }

    private int needed() {
        return world.switches().is(Switch.EXPIRATION_OUTCOME, "never-ends")
                ? Integer.MAX_VALUE
                : world.switches().number(Switch.EXPIRATION_POLLS);
    }

    private static void fail(ObjectNode element) {
        element.remove("expiry");
        element.putArray("errors")
                .add(
                        new Trouble(
                                        "PASSWORD_MANAGER_EXPIRY_FAILED",
                                        "INTERNAL",
                                        "The component did not answer.")
                                .body());
    }

    private static ObjectNode head(Check check) {
        return Json.object()
                .put("id", check.id())
                .put("status", check.done() ? "COMPLETED" : "IN_PROGRESS")
                .put("creationTimestamp", Json.time(check.created()));
    }

    private ObjectNode element(Check check, Credential row) {
        var element = Json.object();
        element.put("id", row.id()).put("username", row.account().username());
        element.set("resource", json.resource(row.component()));
        var checked = row.checked();
        element.set("expiry", json.expiry(row, checked == null ? check.created() : checked));
        element.put("creationTimestamp", Json.time(check.created()));
        element.put("completionTimestamp", Json.time(world.now()));
        return element;
    }
}
