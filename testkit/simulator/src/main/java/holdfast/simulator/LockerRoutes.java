package holdfast.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The Locker of the fleet management appliance of 9.0, as people have found it: no description was published.
final class LockerRoutes {
    private final World world;

    /// One password it keeps.
    private record Kept(String id, String alias, String username, String password) {
        @Override
        public String toString() {
            return "Kept[" + alias + "]";
        }
    }

    LockerRoutes(World world) {
        this.world = world;
    }

    List<Route> routes() {
        return List.of(
                locker("GET", "/lcm/locker/api/{version}/passwords", this::list),
                locker("GET", "/lcm/locker/api/passwords", this::list),
                locker(
                        "POST",
                        "/lcm/locker/api/{version}/passwords/{id}/decrypted",
                        this::decrypted),
                locker("POST", "/lcm/locker/api/passwords/{id}/decrypted", this::decrypted));
    }

    private static Route locker(String method, String path, Route.Handler handler) {
        return Route.sddc(method, path, Access.BASIC, handler).on(Role.FLEET_MANAGEMENT);
    }

    /// The path varied from build to build.
    private void requirePath(Route.Call call) {
        var wanted = world.switches().setting(Switch.LOCKER_PATH);
        var given = call.segment("version").isEmpty() ? "none" : call.segment("version");
        if (!wanted.equals(given)) {
            throw new Refused(Reply.html(404, "Not Found"));
        }
    }

    private Reply list(Route.Call call) {
        requirePath(call);
        var answer = Json.object();
        var shown = answer.putArray("passwords");
        for (var one : kept()) {
            shown.addObject()
                    .put("vmid", one.id())
                    .put("alias", one.alias())
                    .put("userName", one.username());
        }
        return Reply.json(200, answer);
    }

    private Reply decrypted(Route.Call call) {
        requirePath(call);
        var body = Json.readObject(call.request(), Set.of("rootPassword"));
        var fleet = spec().path("vcfOperationsFleetManagementSpec");
        if (!Json.required(body, "rootPassword")
                .equals(fleet.path("rootUserPassword").asString())) {
            throw Refused.badRequest("The root password is not correct.");
        }
        return kept().stream()
                .filter(one -> one.id().equals(call.segment("id")))
                .findFirst()
                .map(one -> Reply.json(200, Json.object().put("password", one.password())))
                .orElseThrow(() -> Refused.notFound("Password was not found."));
    }

    private JsonNode spec() {
        return new BringUpSpec(world, "sfo-m01").components();
    }

    private List<Kept> kept() {
        var kept = new ArrayList<Kept>();
        var spec = spec();
        var operations = spec.path("vcfOperationsSpec");
        for (var node : operations.path("nodes")) {
            kept.add(
                    kept(
                            node.path("hostname").asString(),
                            "root",
                            node.path("rootUserPassword").asString()));
        }
        kept.add(
                kept(
                        operations.path("loadBalancerFqdn").asString(),
                        "admin",
                        operations.path("adminUserPassword").asString()));
        var automation = spec.path("vcfAutomationSpec");
        kept.add(
                kept(
                        automation.path("hostname").asString(),
                        "admin",
                        automation.path("adminUserPassword").asString()));
        return kept;
    }

    private Kept kept(String host, String username, String password) {
        return new Kept(
                world.seed().id("locker " + host + username),
                host + "-" + username,
                username,
                password);
    }
}
