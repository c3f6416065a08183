package holdfast.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// `/v1/users/local/admin`: the break-glass account `admin@local`.
final class LocalAdminRoutes {
    private static final String PATH = "/v1/users/local/admin";

    private static final Duration AGE = Duration.ofDays(300);
    private static final Duration LIFE = Duration.ofDays(90);

    private final World world;

    LocalAdminRoutes(World world) {
        this.world = world;
    }

    List<Route> routes() {
        return List.of(
                Route.sddc("GET", PATH, Access.ADMIN, _ -> show()),
                Route.sddc("PATCH", PATH, Access.ADMIN, this::change),
                Route.sddc("DELETE", PATH, Access.ADMIN, _ -> disable()).since(Version.V5_2_1));
    }

    private Reply show() {
        var user = Json.object();
        user.put("isConfigured", world.logins().isLocalAdminConfigured());
        user.put("id", world.seed().id(Logins.LOCAL_ADMIN));
        user.put("name", Logins.LOCAL_ADMIN).put("domain", "local").put("type", "USER");
        user.putObject("role").put("id", world.seed().id("role ADMIN"));
        user.put("creationTimestamp", Json.time(world.started().minus(AGE)));
        if (world.version().isAtLeast(Version.V9_1_1)) {
            user.put("isAccountLocked", world.logins().isLocked(Logins.LOCAL_ADMIN));
            user.put("isExpirationEnabled", true);
            user.put("passwordExpirationTimestamp", Json.time(world.started().plus(LIFE)));
            user.put("modificationTimestamp", Json.time(world.started().minus(AGE)));
        }
        return Reply.json(200, user);
    }

    /// A credential tool must never call it: the way in when vCenter is down is gone then.
    private Reply disable() {
        world.logins().disableLocalAdmin();
        return Reply.empty(204);
    }

    private Reply change(Route.Call call) {
        var body = Json.readObject(call.request(), Set.of("oldPassword", "newPassword"));
        var fresh = Json.required(body, "newPassword");
        var old = Json.optional(body, "oldPassword");
        if (world.logins().isLocalAdminConfigured()
                && !old.orElse("").equals(world.logins().localAdminPassword())) {
            throw refused("The old password is not correct.");
        }
        if (!Passwords.suitsLocalAdmin(fresh)) {
            throw refused("The new password does not meet the rules.");
        }
        world.logins().configureLocalAdmin(fresh);
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
