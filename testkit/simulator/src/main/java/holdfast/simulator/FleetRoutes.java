package holdfast.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// `/suite-api/api` of VCF Operations 9.1: sign-in, fleet accounts without passwords, and their change.
final class FleetRoutes {
    private static final String API = "/suite-api/api";
    private static final String ACCOUNTS = API + "/fleet-management/password-management/accounts";
    private static final Duration LIFE = Duration.ofHours(6);
    private static final List<String> WORDS = List.of("OpsToken", "vRealizeOpsToken", "Bearer");
    private static final Map<String, Function<FleetAccounts.Entry, String>> SORTS =
            Map.of(
                    "STATUS", FleetAccounts.Entry::key,
                    "APPLIANCE", FleetAccounts.Entry::appliance,
                    "APPLIANCE_IP", FleetAccounts.Entry::fqdn,
                    "USERNAME", FleetAccounts.Entry::username,
                    "EXPIRY_DATE", entry -> entry.expires().map(Instant::toString).orElse("~"));

    /// @param polls how often it was looked at
    private record Change(String id, boolean worked, Instant began, int polls) {}

    private final World world;
    private final FleetAccounts accounts;
    private final Map<String, Instant> tokens = new HashMap<>();
    private final Map<String, Change> changes = new LinkedHashMap<>();

    FleetRoutes(World world) {
        this.world = world;
        this.accounts = new FleetAccounts(world);
    }

    List<Route> routes() {
        return List.of(
                operations("POST", API + "/auth/token/acquire", this::acquire),
                operations("POST", API + "/auth/token/release", signedIn(this::release)),
                operations("POST", ACCOUNTS + "/query", signedIn(this::query))
                        .taking("page", "pageSize", "sortBy", "sortOrder"),
                operations("PUT", ACCOUNTS + "/{key}/password", signedIn(this::change)),
                operations("GET", API + "/workflows/requests/{id}", signedIn(this::poll)));
    }

    /// They check the token themselves: it is another than SDDC Manager's.
    private static Route operations(String method, String path, Route.Handler handler) {
        return Route.sddc(method, path, Access.PUBLIC, handler).on(Role.OPERATIONS);
    }

    private Route.Handler signedIn(Route.Handler handler) {
        return call -> {
            synchronized (this) {
                var token = token(call.request());
                if (world.now().isAfter(tokens.getOrDefault(token, Instant.MIN))) {
                    throw new Refused(Reply.empty(401));
                }
                tokens.put(token, world.now().plus(LIFE)); // each call extends it
                return handler.handle(call);
            }
        };
    }

    private String token(Request request) {
        var header = request.header("Authorization").orElse("").split(" ", 2);
        var wanted = world.switches().setting(Switch.OPS_TOKEN);
        boolean known = wanted.equals("any") ? WORDS.contains(header[0]) : wanted.equals(header[0]);
        return known && header.length == 2 ? header[1] : "";
    }

    private synchronized Reply acquire(Route.Call call) {
        var body = Json.readObject(call.request(), Set.of("username", "password", "authSource"));
        world.logins().login(Json.required(body, "username"), Json.required(body, "password"));
        var token = world.estate().newId();
        var until = world.now().plus(LIFE);
        tokens.put(token, until);
        var answer = Json.object();
        answer.put("token", token).put("validity", until.toEpochMilli());
        answer.put("expiresAt", Json.time(until)).putArray("roles");
        return Reply.json(200, answer);
    }

    private Reply release(Route.Call call) {
        tokens.remove(token(call.request()));
        return Reply.empty(200);
    }

    private Reply query(Route.Call call) {
        var body =
                Json.readObject(
                        call.request(),
                        Set.of("appliance", "applianceFqdn", "status", "username", "vcfDomainId"));
        int page = Pages.Asked.number(call, "page");
        int asked = Pages.Asked.number(call, "pageSize");
        int size = asked == 0 ? 10 : asked;
        var found = accounts.list().stream().filter(filter(body)).sorted(order(call)).toList();
        var answer = Json.object();
        var shown = answer.putArray("vcfPasswordAccounts");
        new Pages.Asked(page, size).slice(found).forEach(entry -> shown.add(json(entry)));
        answer.putObject("pageInfo")
                .put("page", page)
                .put("pageSize", size)
                .put("totalCount", found.size());
        return Reply.json(200, answer);
    }

    private Predicate<FleetAccounts.Entry> filter(ObjectNode body) {
        Predicate<FleetAccounts.Entry> wanted = _ -> true;
        var appliance = Json.optional(body, "appliance");
        var fqdn = Json.optional(body, "applianceFqdn");
        var status = Json.optional(body, "status");
        var username = Json.optional(body, "username");
        return wanted.and(entry -> appliance.isEmpty() || appliance.get().equals(entry.appliance()))
                .and(entry -> fqdn.isEmpty() || fqdn.get().equals(entry.fqdn()))
                .and(entry -> status.isEmpty() || status.get().equals(entry.status(world.now())))
                .and(entry -> username.isEmpty() || username.get().equals(entry.username()));
    }

    private static Comparator<FleetAccounts.Entry> order(Route.Call call) {
        var by = call.parameter("sortBy").orElse("APPLIANCE");
        var direction = call.parameter("sortOrder").orElse("ASCENDING");
        var key = SORTS.get(by);
        if (key == null || !List.of("ASCENDING", "DESCENDING").contains(direction)) {
            throw Refused.badRequest("sortBy must be one of " + SORTS.keySet() + ".");
        }
        var order = Comparator.comparing(key);
        return direction.equals("ASCENDING") ? order : order.reversed();
    }

    private ObjectNode json(FleetAccounts.Entry entry) {
        var json = Json.object();
        json.put("passwordAccountKey", entry.key()).put("appliance", entry.appliance());
        json.put("applianceFqdn", entry.fqdn()).put("displayApplianceType", entry.appliance());
        json.put("applianceOpsResourceId", world.seed().id("ops " + entry.fqdn()));
        json.put("userName", entry.username()).put("accountType", "SYSTEM");
        json.put("credentialType", entry.credentialType());
        json.put("passwordAlias", entry.fqdn() + "-" + entry.username());
        json.put("status", entry.status(world.now()));
        json.put("expiryDate", entry.expires().map(Instant::toEpochMilli).orElse(0L));
        json.put("vcfDomainId", world.seed().id("domain sfo-m01"));
        if (world.version().isAtLeast(Version.V9_1_1)) {
            json.put("lastPasswordUpdateTimestamp", entry.changed().toEpochMilli());
            json.put("managedByFqdn", "flt-ops01.rainpole.io");
        }
        return json;
    }

    private Reply change(Route.Call call) {
        var body =
                Json.readObject(
                        call.request(), Set.of("userName", "currentPassword", "newPassword"));
        var entry =
                accounts.find(call.segment("key"))
                        .orElseThrow(() -> Refused.notFound("Account was not found."));
        boolean worked =
                accounts.change(
                        entry.key(),
                        Json.required(body, "currentPassword"),
                        Json.required(body, "newPassword"));
        var change = new Change(world.estate().newId(), worked, world.now(), 0);
        changes.put(change.id(), change);
        return Reply.json(200, json(change));
    }

    private Reply poll(Route.Call call) {
        var known = changes.get(call.segment("id"));
        if (known == null) {
            throw Refused.notFound("Request was not found.");
        }
        var change = new Change(known.id(), known.worked(), known.began(), known.polls() + 1);
        changes.put(change.id(), change);
        return Reply.json(200, json(change));
    }

    private ObjectNode json(Change change) {
        boolean ended = change.polls() > world.switches().number(Switch.TASK_POLLS);
        var json = Json.object();
        json.put("requestId", change.id()).put("requestName", "Update password");
        json.put("requestReason", "").put("requestType", "UPDATE").put("category", "PASSWORD");
        json.put(
                "state",
                change.polls() == 0
                        ? "CREATED"
                        : !ended ? "IN_PROGRESS" : change.worked() ? "COMPLETED" : "FAILED");
        json.put("duration", Duration.between(change.began(), world.now()).toMillis());
        var causes = json.putArray("errorCause");
        if (ended && !change.worked()) {
            causes.addObject()
                    .put("message", "The current password is not correct.")
                    .put("messageId", "password.current.wrong")
                    .put("eventId", change.id())
                    .put("exceptionMessage", "");
        }
        return json;
    }
}
