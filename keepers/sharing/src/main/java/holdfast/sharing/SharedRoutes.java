package holdfast.sharing;

import static holdfast.access.Action.DELETE_SECRET;
import static holdfast.access.Action.READ_SECRET;
import static holdfast.access.Action.REVEAL_SECRET;
import static holdfast.access.Action.SHARE_SECRET;
import static holdfast.access.Action.WRITE_SECRET;

import holdfast.access.Action;
import holdfast.access.Policy;
import holdfast.access.Scope;
import holdfast.http.Etags;
import holdfast.http.Handler;
import holdfast.http.Queries;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.secret.Change;
import holdfast.secret.Content;
import holdfast.secret.Secret;
import holdfast.vault.Secrets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// HTTP to [SharedSecrets]: translates, decides nothing.
final class SharedRoutes {
    private static final String ONE = "/api/shares/{share}";
    private static final String SECRET = ONE + "/secret";

    private final SharedSecrets secrets;
    private final Policy policy;

    SharedRoutes(SharedSecrets secrets, Policy policy) {
        this.secrets = secrets;
        this.policy = policy;
    }

    List<Route> routes() {
        return List.of(
                route("GET", SECRET, READ_SECRET, 0, this::read),
                route("GET", SECRET + "/versions", READ_SECRET, 0, this::versions),
                route("POST", ONE + "/reveal", REVEAL_SECRET, 0, this::reveal),
                route("PATCH", SECRET, WRITE_SECRET, Route.JSON, this::change),
                route("POST", SECRET + "/versions", WRITE_SECRET, Content.JSON, this::put),
                route("POST", SECRET + "/rollback", WRITE_SECRET, Route.JSON, this::rollBack),
                route("DELETE", SECRET, DELETE_SECRET, 0, this::delete),
                route("POST", SECRET + "/undelete", DELETE_SECRET, 0, this::undelete),
                route("POST", SECRET + "/destroy", DELETE_SECRET, 0, this::destroy),
                route("POST", ONE + "/shares", SHARE_SECRET, Route.JSON, this::pass));
    }

    private static Route route(
            String method, String path, Action action, int maxBody, Handler handler) {
        return new Route(method, path, action, maxBody, Rate.API, handler);
    }

    private Response read(Request request) {
        return tagged(200, secrets.read(scope(request, READ_SECRET), share(request)));
    }

    private Response versions(Request request) {
        var found = secrets.versions(scope(request, READ_SECRET), share(request));
        return Response.json(new Forms.Versions(found, found.size()));
    }

    private Response reveal(Request request) {
        var scope = scope(request, REVEAL_SECRET);
        var purpose = Queries.oneOf(request, "purpose", Set.of("view", "copy"), "view");
        var version =
                request.query("version")
                        .map(_ -> Queries.number(request, "version", 1, Integer.MAX_VALUE, 1));
        var use =
                new Secrets.Use(
                        version,
                        Set.of(),
                        Optional.of(
                                purpose.equals("copy")
                                        ? Secrets.Purpose.COPY
                                        : Secrets.Purpose.VIEW));
        return switch (secrets.open(scope, share(request), use)) {
            case Secrets.Opened.Unchanged _ -> Response.empty(304); // nothing is known beforehand
            case Secrets.Opened.Value(UUID _, int found, boolean _, var content) ->
                    Response.json(
                            new Forms.Revealed(
                                    found, content.kind(), content.text(), content.base64()));
        };
    }

    private Response change(Request request) {
        var scope = scope(request, WRITE_SECRET);
        var change = request.json(Change.class);
        int expected = Etags.expected(request, change.expectedVersion());
        return tagged(200, secrets.change(scope, share(request), change, expected));
    }

    private Response put(Request request) {
        var scope = scope(request, WRITE_SECRET);
        var body = request.json(Forms.Put.class);
        try (var content = Content.of(body.value(), body.valueBase64())) {
            int expected = Etags.expected(request, body.expectedVersion());
            var value = new Secrets.NewValue(content, Change.why(body.change()));
            return tagged(201, secrets.put(scope, share(request), value, expected));
        }
    }

    private Response rollBack(Request request) {
        var scope = scope(request, WRITE_SECRET);
        var body = request.json(Forms.RollBack.class);
        int expected = Etags.expected(request, body.expectedVersion());
        var why = Change.why(body.change());
        var shown = secrets.rollBack(scope, share(request), body.version(), why, expected);
        return tagged(201, shown);
    }

    private Response delete(Request request) {
        var scope = scope(request, DELETE_SECRET);
        int expected = Etags.expected(request, Optional.empty());
        return Response.json(secrets.delete(scope, share(request), expected));
    }

    private Response undelete(Request request) {
        return tagged(200, secrets.undelete(scope(request, DELETE_SECRET), share(request)));
    }

    private Response destroy(Request request) {
        secrets.destroy(scope(request, DELETE_SECRET), share(request));
        return Response.empty(204);
    }

    private Response pass(Request request) {
        var scope = scope(request, SHARE_SECRET);
        var offer = request.json(Forms.Give.class).offer();
        return ShareRoutes.tagged(201, secrets.pass(scope, share(request), offer));
    }

    private Scope scope(Request request, Action action) {
        return policy.scope(request.caller(), action);
    }

    private static UUID share(Request request) {
        return request.id("share");
    }

    /// A deleted one has no tag: its version is that of the day it was deleted.
    private static Response tagged(int status, SharedSecrets.Shown secret) {
        var response = Response.json(status, secret);
        return secret.state() == Secret.State.DELETED
                ? response
                : response.with("ETag", Etags.of(secret.version()));
    }
}
