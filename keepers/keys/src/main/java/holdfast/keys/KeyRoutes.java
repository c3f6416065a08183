package holdfast.keys;

import static holdfast.access.Action.DESTROY_KEY;
import static holdfast.access.Action.READ_KEY;
import static holdfast.access.Action.WRITE_KEY;

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
import holdfast.kernel.Cursor;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// HTTP to [Keys]: translates, decides nothing.
final class KeyRoutes {
    static final String ALL = "/api/keys";
    static final String ONE = ALL + "/{name}";

    private final Keys keys;
    private final Policy policy;

    KeyRoutes(Keys keys, Policy policy) {
        this.keys = keys;
        this.policy = policy;
    }

    List<Route> routes() {
        return List.of(
                route("GET", ALL, READ_KEY, 0, this::list),
                new Route("POST", ALL, WRITE_KEY, Route.JSON, Rate.HEAVY, this::create),
                route("GET", ONE, READ_KEY, 0, this::read),
                route("PATCH", ONE, WRITE_KEY, Route.JSON, this::change),
                route("GET", ONE + "/versions", READ_KEY, 0, this::versions),
                new Route("POST", ONE + "/rotate", WRITE_KEY, 0, Rate.HEAVY, this::rotate),
                route("POST", ONE + "/enable", WRITE_KEY, 0, this::enable),
                route("POST", ONE + "/disable", WRITE_KEY, 0, this::disable),
                route("POST", ONE + "/destroy", DESTROY_KEY, Route.JSON, this::destroy),
                route(
                        "POST",
                        ONE + "/versions/{version}/destroy",
                        DESTROY_KEY,
                        Route.JSON,
                        this::destroyVersion));
    }

    private static Route route(
            String method, String path, Action action, int maxBody, Handler handler) {
        return new Route(method, path, action, maxBody, Rate.API, handler);
    }

    record Create(String name, KeyType type, Optional<Boolean> deletionAllowed) {}

    /// @param name of the key, typed again
    record Destroy(String name) {}

    record Versions(List<Key.Version> items, int total) {}

    private Response list(Request request) {
        var scope = policy.scope(request.caller(), READ_KEY);
        return Response.json(keys.list(scope, query(request)));
    }

    private static KeyQuery query(Request request) {
        var sort =
                Queries.oneOf(
                        request,
                        "sort",
                        Arrays.stream(KeyQuery.Sort.values())
                                .map(KeyQuery.Sort::member)
                                .flatMap(name -> Stream.of(name, "-" + name))
                                .collect(Collectors.toSet()),
                        KeyQuery.Sort.NAME.member());
        var order =
                Arrays.stream(KeyQuery.Sort.values())
                        .filter(one -> sort.endsWith(one.member()))
                        .findFirst()
                        .orElseThrow();
        return new KeyQuery(
                Queries.text(request),
                Queries.choice(request, "type", KeyType.class),
                Queries.choice(request, "state", Key.State.class),
                order,
                sort.startsWith("-"),
                request.query("cursor").map(Cursor::read),
                Queries.limit(request),
                Queries.flag(request, "total"));
    }

    private Response create(Request request) {
        var caller = request.caller();
        policy.scope(caller, WRITE_KEY); // who may write nowhere is refused before any look
        var body = request.json(Create.class);
        var name = new KeyName(body.name());
        var permit = policy.permit(caller, WRITE_KEY, name.resource());
        var draft = new Keys.Draft(name, body.type(), body.deletionAllowed().orElse(false));
        var made = keys.create(permit, draft);
        return tagged(201, made).with("Location", ALL + "/" + name);
    }

    private Response read(Request request) {
        return tagged(200, keys.read(permit(request, policy, READ_KEY), name(request)));
    }

    private Response change(Request request) {
        var permit = permit(request, policy, WRITE_KEY);
        var change = request.json(Keys.Change.class);
        int expected = (int) Math.min(Etags.expected(request), Integer.MAX_VALUE);
        return tagged(200, keys.change(permit, name(request), change, expected));
    }

    private Response versions(Request request) {
        var found = keys.versions(permit(request, policy, READ_KEY), name(request));
        return Response.json(new Versions(found, found.size()));
    }

    private Response rotate(Request request) {
        return tagged(200, keys.rotate(permit(request, policy, WRITE_KEY), name(request)));
    }

    private Response enable(Request request) {
        return set(request, Key.State.ENABLED);
    }

    private Response disable(Request request) {
        return set(request, Key.State.DISABLED);
    }

    private Response set(Request request, Key.State state) {
        return tagged(200, keys.set(permit(request, policy, WRITE_KEY), name(request), state));
    }

    private Response destroy(Request request) {
        var permit = fresh(request);
        requireTyped(request);
        keys.destroy(permit, name(request));
        return Response.empty(204);
    }

    private Response destroyVersion(Request request) {
        var permit = fresh(request);
        requireTyped(request);
        return tagged(200, keys.destroy(permit, name(request), version(request)));
    }

    private Permit fresh(Request request) {
        return policy.permitFresh(request.caller(), DESTROY_KEY, name(request).resource());
    }

    private static void requireTyped(Request request) {
        if (!request.json(Destroy.class).name().equals(request.parameter("name"))) {
            throw Refusal.of(
                    List.of(FieldError.of("/name", "different", "type the name of the key")));
        }
    }

    private static int version(Request request) {
        var text = request.parameter("version");
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw Problem.NOT_FOUND.because("there is no such version");
        }
        return Integer.parseInt(text);
    }

    static Permit permit(Request request, Policy policy, Action action) {
        return policy.permit(request.caller(), action, name(request).resource());
    }

    /// @throws Refusal NOT_FOUND when it is none: no such key can exist
    static KeyName name(Request request) {
        try {
            return new KeyName(request.parameter("name"));
        } catch (Refusal _) {
            throw Ground.missing();
        }
    }

    private static Response tagged(int status, Key key) {
        return Response.json(status, key).with("ETag", Etags.of(key.revision()));
    }
}
