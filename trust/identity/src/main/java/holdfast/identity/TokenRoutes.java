package holdfast.identity;

import static holdfast.access.Action.MANAGE_TOKEN;

import holdfast.access.Policy;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.identity.SignedIn.Credential;
import holdfast.kernel.Problem;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// HTTP to [Tokens].
final class TokenRoutes {
    private static final int SMALL = 16 * 1024; // bytes

    private final Policy policy;
    private final Tokens tokens;

    TokenRoutes(Policy policy, Tokens tokens) {
        this.policy = policy;
        this.tokens = tokens;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/tokens", MANAGE_TOKEN, 0, Rate.API, this::list),
                new Route("POST", "/api/tokens", MANAGE_TOKEN, SMALL, Rate.API, this::create),
                new Route(
                        "DELETE", "/api/tokens/{token}", MANAGE_TOKEN, 0, Rate.API, this::revoke));
    }

    private Response list(Request request) {
        var scope = policy.scope(request.caller(), MANAGE_TOKEN);
        var user = request.query("user").map(TokenRoutes::id).orElse(request.caller().id());
        return Response.json(
                Views.list(tokens.of(scope, user).stream().map(Views::token).toList()));
    }

    private Response create(Request request) {
        var permit = policy.permitFresh(request.caller(), MANAGE_TOKEN, Tokens.NEW);
        var created = tokens.create(permit, maker(request), request.json(Tokens.Form.class));
        return Response.json(
                201, new Views.TokenCreated(Views.token(created.token()), created.secret()));
    }

    /// {@return the token that asks; empty when a person does}
    static Optional<Token> maker(Request request) {
        return request.credential()
                .filter(Credential.OfToken.class::isInstance)
                .map(Credential.OfToken.class::cast)
                .map(Credential.OfToken::token);
    }

    private Response revoke(Request request) {
        tokens.revoke(policy.scope(request.caller(), MANAGE_TOKEN), request.id("token"));
        return Response.empty(204);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw Problem.NOT_FOUND.because("there is no such user");
        }
    }
}
