package holdfast.identity;

import static holdfast.access.Action.MANAGE_USER;

import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.access.Role;
import holdfast.http.Etags;
import holdfast.http.Handler;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.http.Window;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// HTTP to [Users] and their sessions.
final class UserRoutes {
    private static final String ONE = "/api/users/{user}";
    private static final int SMALL = 8 * 1024; // bytes

    private final Policy policy;
    private final Users users;
    private final Sessions sessions;

    UserRoutes(Policy policy, Users users, Sessions sessions) {
        this.policy = policy;
        this.users = users;
        this.sessions = sessions;
    }

    List<Route> routes() {
        return List.of(
                route("GET", "/api/users", 0, this::list),
                route("POST", "/api/users", SMALL, this::create),
                route("GET", ONE, 0, this::read),
                route("PUT", ONE, SMALL, this::update),
                route("DELETE", ONE, 0, this::delete),
                route("POST", ONE + "/disable", 0, this::disable),
                route("POST", ONE + "/enable", 0, this::enable),
                route("POST", ONE + "/unlock", 0, this::unlock),
                route("POST", ONE + "/reset", SMALL, this::reset),
                route("GET", ONE + "/sessions", 0, this::listSessions),
                route("DELETE", ONE + "/sessions", 0, this::endSessions),
                route("DELETE", ONE + "/sessions/{session}", 0, this::endSession));
    }

    private static Route route(String method, String path, int maxBody, Handler handler) {
        return new Route(method, path, MANAGE_USER, maxBody, Rate.API, handler);
    }

    private Response list(Request request) {
        var found =
                users.all(policy.scope(request.caller(), MANAGE_USER)).stream()
                        .filter(account -> matches(account, request))
                        .sorted(order(request.query("sort").orElse("username")))
                        .map(Views::user)
                        .toList();
        return Response.json(Window.of(found, request));
    }

    private Response create(Request request) {
        var permit = policy.permit(request.caller(), MANAGE_USER, Users.NEW);
        var account = users.create(permit, request.json(Users.Form.class));
        return answer(201, account).with("Location", "/api/users/" + account.user().id());
    }

    private Response read(Request request) {
        return answer(200, users.read(permit(request), request.id("user")));
    }

    private Response update(Request request) {
        var permit = permit(request);
        var change = request.json(Users.Change.class);
        return answer(
                200, users.update(permit, request.id("user"), Etags.expected(request), change));
    }

    private Response delete(Request request) {
        users.delete(permit(request), request.id("user"));
        return Response.empty(204);
    }

    private Response disable(Request request) {
        return answer(200, users.disable(permit(request), request.id("user")));
    }

    private Response enable(Request request) {
        return answer(200, users.enable(permit(request), request.id("user")));
    }

    private Response unlock(Request request) {
        return answer(200, users.unlock(permit(request), request.id("user")));
    }

    private Response reset(Request request) {
        var id = request.id("user");
        var permit = policy.permitFresh(request.caller(), MANAGE_USER, Users.resource(id));
        return answer(200, users.reset(permit, id, request.json(Reset.class).password()));
    }

    private Response listSessions(Request request) {
        var permit = permit(request);
        var id = users.read(permit, request.id("user")).user().id();
        var current = SignedIn.session(request.credential()).map(Session::id);
        return Response.json(
                Views.list(
                        sessions.of(id).stream()
                                .map(session -> Views.session(session, current))
                                .toList()));
    }

    private Response endSessions(Request request) {
        sessions.endAll(owned(request).principal(), request.id("user"));
        return Response.empty(204);
    }

    private Response endSession(Request request) {
        sessions.end(owned(request).principal(), request.id("user"), request.id("session"));
        return Response.empty(204);
    }

    /// {@return a permit for a user of whom everything is the tenant's}
    private Permit owned(Request request) {
        var permit = permit(request);
        users.requireOwned(permit, request.id("user"));
        return permit;
    }

    private Permit permit(Request request) {
        return policy.permit(request.caller(), MANAGE_USER, Users.resource(request.id("user")));
    }

    private static Response answer(int status, Users.Account account) {
        return Response.json(status, Views.user(account))
                .with("ETag", "\"" + account.user().version() + "\"");
    }

    private static boolean matches(Users.Account account, Request request) {
        var user = account.user();
        var text = request.query("q").map(q -> q.toLowerCase(Locale.ROOT)).orElse("");
        return (user.name() + "\n" + user.fullName() + "\n" + user.email())
                        .toLowerCase(Locale.ROOT)
                        .contains(text)
                && request.query("role")
                        .map(wanted -> account.role().map(Role::name).equals(Optional.of(wanted)))
                        .orElse(true)
                && request.query("state").orElse(Views.state(account)).equals(Views.state(account));
    }

    private static Comparator<Users.Account> order(String sort) {
        Comparator<Users.Account> order =
                switch (sort.startsWith("-") ? sort.substring(1) : sort) {
                    case "username" ->
                            Comparator.comparing(one -> Username.fold(one.user().name()));
                    case "created" -> Comparator.comparing(one -> one.user().created());
                    case "lastSignIn" ->
                            Comparator.comparing(
                                    one -> one.user().lastSignIn().orElse(Instant.EPOCH));
                    default ->
                            throw Refusal.of(
                                    List.of(
                                            FieldError.of(
                                                    "?sort",
                                                    "not-one-of",
                                                    "username, created, lastSignIn")));
                };
        return (sort.startsWith("-") ? order.reversed() : order)
                .thenComparing(one -> one.user().id(), Comparator.comparing(UUID::toString));
    }

    record Reset(String password) {
        @Override
        public String toString() {
            return "Reset[redacted]";
        }
    }
}
