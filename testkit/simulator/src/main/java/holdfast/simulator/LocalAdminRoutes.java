package holdfast.simulator;

import java.util.List;
import java.util.Set;

/// `/v1/users/local/admin`: the break-glass account `admin@local`.
final class LocalAdminRoutes {
    private static final String PATH = "/v1/users/local/admin";

    private final World world;

    LocalAdminRoutes(World world) {
        this.world = world;
    }

    List<Route> routes() {
        return List.of(
                Route.sddc("GET", PATH, Access.ADMIN, _ -> show()),
                Route.sddc("PATCH", PATH, Access.ADMIN, this::change));
    }

    private Reply show() {
        var user = Json.object();
        user.put("isConfigured", true).put("name", Logins.LOCAL_ADMIN).put("type", "USER");
        user.putObject("role").put("id", world.seed().id("role ADMIN"));
        return Reply.json(200, user);
    }

    private Reply change(Route.Call call) {
        var body = Json.readObject(call.request(), Set.of("oldPassword", "newPassword"));
        var fresh = Json.required(body, "newPassword");
        var old = Json.optional(body, "oldPassword");
        if (!old.orElse("").equals(world.logins().localAdminPassword())) {
            throw refused("The old password is not correct.");
        }
        if (!Passwords.suitsLocalAdmin(fresh)) {
            throw refused("The new password does not meet the rules.");
        }
        world.logins().setPassword(Logins.LOCAL_ADMIN, fresh);
        return Reply.empty(204);
    }

    /// `ErrorResponse`: `cause` instead of `causes`, no `errorType`; 500 is the only error declared.
    private static Refused refused(String message) {
        var body = new Trouble("LOCAL_USER_UPDATE_FAILED", "", message).body();
        body.remove("errorType");
        body.set("cause", body.remove("causes"));
        return new Refused(Reply.json(500, body));
    }
}
