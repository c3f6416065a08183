package holdfast.vault;

import static holdfast.access.Action.DELETE_SECRET;
import static holdfast.access.Action.READ_SECRET;
import static holdfast.access.Action.REVEAL_SECRET;
import static holdfast.access.Action.WRITE_SECRET;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Policy;
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
import holdfast.secret.SecretName;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// HTTP to [Secrets]: translates, decides nothing.
final class SecretRoutes {
    static final String ALL = "/api/secrets";
    private static final String ONE = ALL + "/{id}";
    private static final String RAW = "application/octet-stream";

    private final Secrets secrets;
    private final Policy policy;
    private final Permits permits;

    SecretRoutes(Secrets secrets, Policy policy, Permits permits) {
        this.secrets = secrets;
        this.policy = policy;
        this.permits = permits;
    }

    List<Route> routes() {
        return List.of(
                get(ALL, READ_SECRET, this::list),
                get(ALL + "/folders", READ_SECRET, this::folders),
                get(ALL + "/by-name", READ_SECRET, this::byName),
                post(ALL, WRITE_SECRET, Content.JSON, this::create),
                get(ONE, READ_SECRET, this::read),
                new Route("PATCH", ONE, WRITE_SECRET, Route.JSON, Rate.API, this::change),
                new Route("DELETE", ONE, DELETE_SECRET, 0, Rate.API, this::delete),
                get(ONE + "/value", REVEAL_SECRET, this::value),
                post(ONE + "/reveal", REVEAL_SECRET, 0, this::reveal),
                get(ONE + "/versions", READ_SECRET, this::versions),
                post(ONE + "/versions", WRITE_SECRET, Content.JSON, this::put),
                post(ONE + "/rollback", WRITE_SECRET, Route.JSON, this::rollBack),
                get(ONE + "/compare", READ_SECRET, this::compare),
                get(ONE + "/usage", READ_SECRET, this::usage),
                post(ONE + "/undelete", DELETE_SECRET, 0, this::undelete),
                post(ONE + "/destroy", DELETE_SECRET, 0, this::destroy));
    }

    private static Route get(String path, Action action, Handler handler) {
        return new Route("GET", path, action, 0, Rate.API, handler);
    }

    private static Route post(String path, Action action, int maxBody, Handler handler) {
        return new Route("POST", path, action, maxBody, Rate.API, handler);
    }

    private Response list(Request request) {
        var scope = policy.scope(request.caller(), READ_SECRET);
        return Response.json(secrets.list(scope, Asked.list(request)));
    }

    private Response folders(Request request) {
        var scope = policy.scope(request.caller(), READ_SECRET);
        var under = request.query("under").filter(one -> !one.isEmpty());
        var found = secrets.folders(scope, under);
        return Response.json(new Bodies.Folders(found, found.size()));
    }

    private Response byName(Request request) {
        var caller = request.caller();
        policy.scope(caller, READ_SECRET);
        var name =
                new SecretName(
                        Asked.required(request, "service"), Asked.required(request, "account"));
        return read(request, secrets.find(permits.on(caller, READ_SECRET, name), name));
    }

    private Response create(Request request) {
        var caller = request.caller();
        policy.scope(caller, WRITE_SECRET); // who may write nowhere is refused before any look
        var body = request.json(Bodies.Create.class);
        var draft = body.draft();
        try {
            var permit = permits.on(caller, WRITE_SECRET, draft.name());
            var made = secrets.create(permit, draft);
            return tagged(201, made).with("Location", ALL + "/" + made.id());
        } finally {
            draft.content().close();
        }
    }

    private Response read(Request request) {
        return read(request, secrets.read(permit(request, READ_SECRET), id(request)));
    }

    private Response change(Request request) {
        var permit = permit(request, WRITE_SECRET);
        var change = request.json(Change.class);
        int expected = Etags.expected(request, change.expectedVersion());
        return tagged(200, secrets.change(permit, id(request), change, expected));
    }

    private Response put(Request request) {
        var permit = permit(request, WRITE_SECRET);
        var body = request.json(Bodies.Put.class);
        try (var content = Content.of(body.value(), body.valueBase64())) {
            int expected = Etags.expected(request, body.expectedVersion());
            var value = new Secrets.NewValue(content, Change.why(body.change()));
            return tagged(201, secrets.put(permit, id(request), value, expected));
        }
    }

    private Response rollBack(Request request) {
        var permit = permit(request, WRITE_SECRET);
        var body = request.json(Bodies.RollBack.class);
        int expected = Etags.expected(request, body.expectedVersion());
        var why = Change.why(body.change());
        return tagged(201, secrets.rollBack(permit, id(request), body.version(), why, expected));
    }

    private Response value(Request request) {
        var permit = permit(request, REVEAL_SECRET);
        var use =
                new Secrets.Use(
                        Asked.version(request, "version"), Asked.known(request), Optional.empty());
        boolean raw = request.header("Accept").filter(one -> one.contains(RAW)).isPresent();
        return switch (secrets.open(permit, id(request), use)) {
            case Secrets.Opened.Unchanged(int version) ->
                    Response.empty(304).with("ETag", Etags.of(version));
            case Secrets.Opened.Value opened ->
                    (raw ? raw(opened) : Response.json(Bodies.Revealed.of(opened)))
                            .with("ETag", Etags.of(opened.version()))
                            .with("Vary", "Accept");
        };
    }

    private static Response raw(Secrets.Opened.Value opened) {
        return Response.streamed(
                200,
                RAW,
                out -> {
                    try (var bytes = opened.content().bytes()) {
                        bytes.use(lent -> {
                            try {
                                out.write(lent);
                            } catch (java.io.IOException broken) {
                                throw new UncheckedIOException(broken);
                            }
                            return lent.length;
                        });
                    }
                });
    }

    private Response reveal(Request request) {
        var permit = permit(request, REVEAL_SECRET);
        var purpose =
                request.query("purpose")
                        .flatMap(text ->
                                Arrays.stream(Secrets.Purpose.values())
                                        .filter(one ->
                                                one.name().toLowerCase(Locale.ROOT).equals(text))
                                        .findFirst())
                        .orElseThrow(() ->
                                Queries.invalid(
                                        "purpose", "not-one-of", "must be one of view, copy"));
        var use =
                new Secrets.Use(Asked.version(request, "version"), Set.of(), Optional.of(purpose));
        return switch (secrets.open(permit, id(request), use)) {
            case Secrets.Opened.Unchanged _ -> Response.empty(304); // nothing is known beforehand
            case Secrets.Opened.Value opened -> Response.json(Bodies.Revealed.of(opened));
        };
    }

    private Response versions(Request request) {
        var found = secrets.versions(permit(request, READ_SECRET), id(request));
        return Response.json(new Bodies.Versions(found, found.size()));
    }

    private Response compare(Request request) {
        var permit = permit(request, READ_SECRET);
        int from = version(request, "from");
        int to = version(request, "to");
        Optional<Permit> reveal =
                Queries.flag(request, "values")
                        ? Optional.of(permit(request, REVEAL_SECRET))
                        : Optional.empty();
        return Response.json(secrets.compare(permit, reveal, id(request), from, to));
    }

    private static int version(Request request, String name) {
        return Asked.version(request, name)
                .orElseThrow(() -> Queries.invalid(name, "required", "name a version"));
    }

    private Response usage(Request request) {
        return Response.json(secrets.usage(permit(request, READ_SECRET), id(request)));
    }

    private Response delete(Request request) {
        var permit = permit(request, DELETE_SECRET);
        int expected = Etags.expected(request, Optional.empty());
        return Response.json(secrets.delete(permit, id(request), expected));
    }

    private Response undelete(Request request) {
        return tagged(200, secrets.undelete(permit(request, DELETE_SECRET), id(request)));
    }

    private Response destroy(Request request) {
        secrets.destroy(permit(request, DELETE_SECRET), id(request));
        return Response.empty(204);
    }

    private Permit permit(Request request, Action action) {
        return permits.on(request.caller(), action, id(request));
    }

    private static UUID id(Request request) {
        return request.id("id");
    }

    /// Whoever has the version has all of it, as long as nothing but a change makes it look different.
    private static Response read(Request request, Secret secret) {
        boolean plain = secret.state() == Secret.State.ACTIVE && secret.expires().isEmpty();
        return plain && Asked.known(request).contains((long) secret.version())
                ? Response.empty(304).with("ETag", Etags.of(secret.version()))
                : tagged(200, secret);
    }

    /// A deleted one has no tag: its version is that of the day it was deleted.
    private static Response tagged(int status, Secret secret) {
        var response = Response.json(status, secret);
        return secret.state() == Secret.State.DELETED
                ? response
                : response.with("ETag", Etags.of(secret.version()));
    }
}
