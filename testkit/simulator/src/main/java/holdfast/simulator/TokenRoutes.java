package holdfast.simulator;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/tokens`: login, refresh, revocation.
final class TokenRoutes {
    private static final String REFRESH = "/v1/tokens/access-token/refresh";

    private final World world;
    private final Tokens tokens;

    TokenRoutes(World world, Tokens tokens) {
        this.world = world;
        this.tokens = tokens;
    }

    List<Route> routes() {
        return List.of(
                Route.sddc("POST", "/v1/tokens", Access.PUBLIC, this::login)
                        .on(Role.SDDC_MANAGER, Role.INSTALLER),
                Route.sddc("PATCH", REFRESH, Access.PUBLIC, this::refresh)
                        .on(Role.SDDC_MANAGER, Role.INSTALLER),
                Route.sddc("DELETE", "/v1/tokens/refresh-token", Access.PUBLIC, this::revoke)
                        .on(Role.SDDC_MANAGER, Role.INSTALLER));
    }

    private Reply login(Route.Call call) {
        var body = Json.readObject(call.request(), members());
        boolean byName = body.has("username") || body.has("password");
        boolean byKey = body.has("apiKey");
        if ((byName ? 1 : 0) + (byKey ? 1 : 0) + (body.has("idToken") ? 1 : 0) != 1) {
            throw Refused.badRequest("Exactly one kind of credential must be sent.");
        }
        var user = byName ? byName(body) : byKey ? byKey(body) : byIdToken();
        var answer = Json.object();
        answer.put("accessToken", tokens.issue(user));
        answer.putObject("refreshToken").put("id", tokens.issueRefresh(user));
        return Reply.json(world.switches().number(Switch.TOKEN_SUCCESS), answer);
    }

    private User byName(ObjectNode body) {
        return world.logins()
                .login(Json.required(body, "username"), Json.required(body, "password"));
    }

    private User byKey(ObjectNode body) {
        return world.logins().loginByKey(Json.required(body, "apiKey"));
    }

    /// No identity provider is connected, so none of its tokens is known.
    private User byIdToken() {
        return world.logins().loginByKey("");
    }

    private Set<String> members() {
        return world.version().isAtLeast(Version.V5_1_1)
                ? Set.of("username", "password", "apiKey", "idToken")
                : Set.of("username", "password", "apiKey");
    }

    private Reply refresh(Route.Call call) {
        var user =
                tokens.refreshing(refreshId(call.request()))
                        .orElseThrow(() -> Refused.notFound("Refresh token was not found."));
        var token = tokens.issue(user);
        return world.switches().is(Switch.REFRESH_REPLY, "quoted")
                ? Reply.json(200, "\"" + token + "\"")
                : Reply.text(200, "application/json", token);
    }

    private Reply revoke(Route.Call call) {
        tokens.revokeRefresh(refreshId(call.request()));
        return Reply.empty(204);
    }

    private String refreshId(Request request) {
        var accepts = world.switches().setting(Switch.REFRESH_ACCEPTS);
        if (accepts.equals("text-plain")) {
            Json.requireType(request, "text/plain");
            return request.body().strip();
        }
        Json.requireJson(request);
        var text = request.body().strip();
        boolean quoted = text.startsWith("\"");
        if (!accepts.equals("both") && quoted != accepts.equals("quoted")) {
            throw Refused.badRequest("The refresh token cannot be read.");
        }
        if (!quoted) {
            return text;
        }
        JsonNode node = Json.read(text);
        return node.isString() ? node.stringValue() : "";
    }
}
