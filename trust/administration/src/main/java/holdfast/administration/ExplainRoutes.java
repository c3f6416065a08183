package holdfast.administration;

import static holdfast.access.Action.READ_ACCESS;

import holdfast.access.AccessRoom;
import holdfast.access.Action;
import holdfast.access.Explanation;
import holdfast.access.Explanations;
import holdfast.access.Grant;
import holdfast.access.Permit;
import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.http.Window;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// HTTP to [Explanations]. Everybody may ask about themselves; about others whoever may read who may do what.
final class ExplainRoutes {
    private static final int LONGEST = 1_024; // characters of a resource

    private final AccessRoom access;
    private final MemberNames names;

    ExplainRoutes(AccessRoom access, MemberNames names) {
        this.access = access;
        this.names = names;
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "GET", "/api/access/explain", Access.SIGNED_IN, 0, Rate.API, this::explain),
                new Route("GET", "/api/access/who", READ_ACCESS, 0, Rate.API, this::who));
    }

    private Response explain(Request request) {
        var caller = request.caller();
        var principal =
                Queries.read(request, "principal", "an id", UUID::fromString).orElse(caller.id());
        boolean readsAll = access.policy().allowed(caller).contains(READ_ACCESS);
        if (principal.equals(caller.id()) && !readsAll) {
            var own = access.explanations().own(caller, action(request), resource(request));
            return Response.json(AccessViews.explanation(own, Map.of(caller.id(), caller.name())));
        }
        var permit = access.policy().permit(caller, READ_ACCESS, Explanations.RESOURCE);
        var one = access.explanations().of(permit, principal, action(request), resource(request));
        return Response.json(AccessViews.explanation(one, named(permit, List.of(one))));
    }

    private Response who(Request request) {
        var permit = access.policy().permit(request.caller(), READ_ACCESS, Explanations.RESOURCE);
        var all = access.explanations().who(permit, action(request), resource(request));
        var named = named(permit, all);
        return Response.json(
                Window.of(
                        all.stream().map(one -> AccessViews.explanation(one, named)).toList(),
                        request));
    }

    private Map<UUID, String> named(Permit permit, List<Explanation> all) {
        var ids = new ArrayList<UUID>();
        for (var one : all) {
            ids.add(one.principal());
            one.grant().ifPresent(grant -> ids.add(grant.grantedBy()));
            one.grant()
                    .filter(grant -> grant.subject() instanceof Grant.Subject.One)
                    .ifPresent(grant -> ids.add(((Grant.Subject.One) grant.subject()).principal()));
        }
        return names.of(permit.tenant(), ids.stream());
    }

    private static Action action(Request request) {
        return Queries.read(
                        request, "action", "a permission such as READ_CREDENTIAL", Action::valueOf)
                .orElseThrow(() -> missing("?action"));
    }

    private static String resource(Request request) {
        var resource = request.query("resource").orElseThrow(() -> missing("?resource"));
        if (resource.isEmpty() || resource.length() > LONGEST) {
            throw Refusal.of(
                    List.of(FieldError.of("?resource", "too-long", "1 to 1024 characters")));
        }
        return resource;
    }

    private static Refusal missing(String name) {
        return Refusal.of(List.of(FieldError.of(name, "required", "is missing")));
    }
}
