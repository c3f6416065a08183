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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// HTTP to [Machines] and their tokens.
final class MachineRoutes {
    private static final String ONE = "/api/machines/{machine}";
    private static final String TOKENS = ONE + "/tokens";
    private static final int SMALL = 16 * 1024; // bytes

    private final Policy policy;
    private final Machines machines;
    private final Tokens tokens;

    MachineRoutes(Policy policy, Machines machines, Tokens tokens) {
        this.policy = policy;
        this.machines = machines;
        this.tokens = tokens;
    }

    List<Route> routes() {
        return List.of(
                route("GET", "/api/machines", 0, this::list),
                route("POST", "/api/machines", SMALL, this::create),
                route("GET", ONE, 0, this::read),
                route("PUT", ONE, SMALL, this::update),
                route("DELETE", ONE, 0, this::delete),
                route("POST", ONE + "/disable", 0, this::disable),
                route("POST", ONE + "/enable", 0, this::enable),
                route("GET", TOKENS, 0, this::listTokens),
                route("POST", TOKENS, SMALL, this::createToken),
                route("DELETE", TOKENS + "/{token}", 0, this::revokeToken));
    }

    private static Route route(String method, String path, int maxBody, Handler handler) {
        return new Route(method, path, MANAGE_USER, maxBody, Rate.API, handler);
    }

    private Response list(Request request) {
        var found =
                machines.all(policy.scope(request.caller(), MANAGE_USER)).stream()
                        .filter(account -> matches(account, request))
                        .map(Views::machine)
                        .toList();
        return Response.json(Window.of(found, request));
    }

    private Response create(Request request) {
        var permit = policy.permit(request.caller(), MANAGE_USER, Machines.NEW);
        var account = machines.create(permit, request.json(Machines.Form.class));
        return answer(201, account).with("Location", "/api/machines/" + account.machine().id());
    }

    private Response read(Request request) {
        return answer(200, machines.read(permit(request), request.id("machine")));
    }

    private Response update(Request request) {
        var permit = permit(request);
        var change = request.json(Machines.Change.class);
        return answer(
                200,
                machines.update(permit, request.id("machine"), Etags.expected(request), change));
    }

    private Response delete(Request request) {
        machines.delete(permit(request), request.id("machine"));
        return Response.empty(204);
    }

    private Response disable(Request request) {
        return answer(200, machines.disable(permit(request), request.id("machine")));
    }

    private Response enable(Request request) {
        return answer(200, machines.enable(permit(request), request.id("machine")));
    }

    private Response listTokens(Request request) {
        var found = tokens.ofMachine(permit(request), request.id("machine"));
        return Response.json(Views.list(found.stream().map(Views::token).toList()));
    }

    private Response createToken(Request request) {
        var id = request.id("machine");
        var permit = policy.permitFresh(request.caller(), MANAGE_USER, Machines.resource(id));
        var created =
                tokens.createFor(
                        permit, TokenRoutes.maker(request), id, request.json(Tokens.Form.class));
        return Response.json(
                201, new Views.TokenCreated(Views.token(created.token()), created.secret()));
    }

    private Response revokeToken(Request request) {
        tokens.revoke(permit(request), request.id("machine"), request.id("token"));
        return Response.empty(204);
    }

    private Permit permit(Request request) {
        return policy.permit(
                request.caller(), MANAGE_USER, Machines.resource(request.id("machine")));
    }

    private static Response answer(int status, Machines.Account account) {
        return Response.json(status, Views.machine(account))
                .with("ETag", "\"" + account.machine().version() + "\"");
    }

    private static boolean matches(Machines.Account account, Request request) {
        var machine = account.machine();
        var text = request.query("q").map(q -> q.toLowerCase(Locale.ROOT)).orElse("");
        return (machine.name() + "\n" + machine.description())
                        .toLowerCase(Locale.ROOT)
                        .contains(text)
                && request.query("role")
                        .map(wanted -> account.role().map(Role::name).equals(Optional.of(wanted)))
                        .orElse(true)
                && request.query("state").orElse(Views.state(machine)).equals(Views.state(machine));
    }
}
