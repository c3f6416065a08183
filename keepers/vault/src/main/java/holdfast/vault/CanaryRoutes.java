package holdfast.vault;

import static holdfast.access.Action.MANAGE_ACCESS;

import holdfast.access.Explanations;
import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import java.util.List;
import java.util.Optional;

/// HTTP to [Canaries]: translates, decides nothing.
final class CanaryRoutes {
    private static final String ONE = SecretRoutes.ALL + "/{id}/canary";

    private final Canaries canaries;
    private final Policy policy;

    CanaryRoutes(Canaries canaries, Policy policy) {
        this.canaries = canaries;
        this.policy = policy;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/canaries", MANAGE_ACCESS, 0, Rate.API, this::all),
                new Route("PUT", ONE, MANAGE_ACCESS, Route.JSON, Rate.API, this::mark),
                new Route("DELETE", ONE, MANAGE_ACCESS, 0, Rate.API, this::unmark));
    }

    record Mark(Optional<Boolean> locks) {}

    record All(List<Canaries.Canary> items, int total) {}

    private Response all(Request request) {
        var all = canaries.all(permit(request));
        return Response.json(new All(all, all.size()));
    }

    private Response mark(Request request) {
        var permit = permit(request);
        var locks = request.json(Mark.class).locks().orElse(false);
        return Response.json(canaries.mark(permit, request.id("id"), locks));
    }

    private Response unmark(Request request) {
        canaries.unmark(permit(request), request.id("id"));
        return Response.empty(204);
    }

    private Permit permit(Request request) {
        return policy.permit(request.caller(), MANAGE_ACCESS, Explanations.RESOURCE);
    }
}
