package holdfast.sharing;

import static holdfast.access.Action.MANAGE_ACCESS;
import static holdfast.access.Action.READ_ACCESS;
import static holdfast.access.Action.READ_SECRET;
import static holdfast.access.Action.SHARE_SECRET;

import holdfast.access.Explanations;
import holdfast.access.Policy;
import holdfast.http.Etags;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.vault.Permits;
import java.util.List;

/// HTTP to [Shares]: translates, decides nothing.
final class ShareRoutes {
    static final String OF_SECRET = "/api/secrets/{id}/shares";
    private static final String ALL = "/api/shares";
    private static final String ONE = ALL + "/{share}";

    private final Shares shares;
    private final Policy policy;
    private final Permits permits;

    ShareRoutes(Shares shares, Policy policy, Permits permits) {
        this.shares = shares;
        this.policy = policy;
        this.permits = permits;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", OF_SECRET, SHARE_SECRET, 0, Rate.API, this::ofSecret),
                new Route("POST", OF_SECRET, SHARE_SECRET, Route.JSON, Rate.API, this::give),
                new Route("GET", ALL, READ_SECRET, 0, Rate.API, this::list),
                new Route("GET", ALL + "/statistics", READ_SECRET, 0, Rate.API, this::statistics),
                new Route("PATCH", ONE, SHARE_SECRET, Route.JSON, Rate.API, this::change),
                new Route("DELETE", ONE, SHARE_SECRET, 0, Rate.API, this::revoke),
                new Route("POST", ONE + "/accept", MANAGE_ACCESS, 0, Rate.API, this::accept),
                new Route("POST", ONE + "/decline", MANAGE_ACCESS, 0, Rate.API, this::decline));
    }

    private Response ofSecret(Request request) {
        var id = request.id("id");
        var permit = permits.on(request.caller(), SHARE_SECRET, id);
        return Response.json(shares.ofSecret(permit, id, Forms.query(request)));
    }

    private Response give(Request request) {
        var id = request.id("id");
        var share = permits.on(request.caller(), SHARE_SECRET, id);
        var read = permits.on(request.caller(), READ_SECRET, id);
        var offer = request.json(Forms.Give.class).offer();
        return tagged(201, shares.give(share, read, id, offer));
    }

    private Response list(Request request) {
        var caller = request.caller();
        var scope = policy.scope(caller, READ_SECRET);
        var query = Forms.query(request);
        if (request.query("direction").filter("all"::equals).isPresent()) {
            return Response.json(
                    shares.all(policy.permit(caller, READ_ACCESS, Explanations.RESOURCE), query));
        }
        return Response.json(shares.list(scope, Forms.direction(request), query));
    }

    private Response statistics(Request request) {
        var scope = policy.scope(request.caller(), READ_SECRET);
        return Response.json(shares.statistics(scope, Forms.direction(request)));
    }

    private Response change(Request request) {
        var scope = policy.scope(request.caller(), SHARE_SECRET);
        var terms = request.json(Forms.Change.class).terms();
        int expected = (int) Math.min(Etags.expected(request), Integer.MAX_VALUE);
        return tagged(200, shares.change(scope, request.id("share"), terms, expected));
    }

    private Response revoke(Request request) {
        var caller = request.caller();
        var scope = policy.scope(caller, SHARE_SECRET);
        if (policy.allowed(caller).contains(MANAGE_ACCESS)) {
            var permit = policy.permit(caller, MANAGE_ACCESS, Explanations.RESOURCE);
            shares.revoke(permit, request.id("share"));
        } else {
            shares.revoke(scope, request.id("share"));
        }
        return Response.empty(204);
    }

    private Response accept(Request request) {
        return answer(request, true);
    }

    private Response decline(Request request) {
        return answer(request, false);
    }

    private Response answer(Request request, boolean accept) {
        var permit = policy.permit(request.caller(), MANAGE_ACCESS, Explanations.RESOURCE);
        return tagged(200, shares.answer(permit, request.id("share"), accept));
    }

    static Response tagged(int status, Share share) {
        return Response.json(status, share).with("ETag", Etags.of(share.version()));
    }
}
