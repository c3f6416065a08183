package holdfast.administration;

import static holdfast.access.Action.MANAGE_ACCESS;
import static holdfast.access.Action.READ_ACCESS;

import holdfast.access.AccessRoom;
import holdfast.access.Assignment;
import holdfast.access.Grant;
import holdfast.access.Permit;
import holdfast.administration.AccessForms.AssignmentForm;
import holdfast.administration.AccessForms.GrantForm;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.http.Window;
import holdfast.kernel.Ids;
import holdfast.storage.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// HTTP to grants, and to who has which role.
final class AccessRoutes {
    private static final String GRANTS = "/api/access/grants";
    private static final String ASSIGNMENTS = "/api/access/assignments";
    private static final int SMALL = 32 * 1024; // bytes

    private final Database database;
    private final AccessRoom access;
    private final AccessChanges changes;
    private final MemberNames names;
    private final Ids ids;
    private final InstantSource clock;

    AccessRoutes(
            Database database,
            AccessRoom access,
            AccessChanges changes,
            MemberNames names,
            Ids ids,
            InstantSource clock) {
        this.database = database;
        this.access = access;
        this.changes = changes;
        this.names = names;
        this.ids = ids;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", GRANTS, READ_ACCESS, 0, Rate.API, this::grants),
                new Route("POST", GRANTS, MANAGE_ACCESS, SMALL, Rate.API, this::grant),
                new Route(
                        "DELETE", GRANTS + "/{grant}", MANAGE_ACCESS, 0, Rate.API, this::takeGrant),
                new Route("GET", ASSIGNMENTS, READ_ACCESS, 0, Rate.API, this::assignments),
                new Route("POST", ASSIGNMENTS, MANAGE_ACCESS, SMALL, Rate.API, this::assign),
                new Route(
                        "DELETE",
                        ASSIGNMENTS + "/{principal}/{role}",
                        MANAGE_ACCESS,
                        0,
                        Rate.API,
                        this::unassign));
    }

    private Response grants(Request request) {
        var permit = reading(request);
        var wanted = wanted(request);
        var tenant = permit.tenant();
        var found =
                database.read(tenant, tx -> access.grants().all(tx, tenant)).stream()
                        .filter(wanted)
                        .toList();
        var named = names.of(tenant, found.stream().flatMap(AccessRoutes::named));
        return Response.json(
                Window.of(
                        found.stream().map(one -> AccessViews.grant(one, named)).toList(),
                        request));
    }

    private static Predicate<Grant> wanted(Request request) {
        var principal = Queries.read(request, "principal", "an id", UUID::fromString);
        var role = request.query("role");
        var effect = Queries.read(request, "effect", "ALLOW or DENY", Grant.Effect::valueOf);
        return grant ->
                effect.filter(one -> one != grant.effect()).isEmpty()
                        && switch (grant.subject()) {
                            case Grant.Subject.One(var id, _) ->
                                    role.isEmpty()
                                            && principal.filter(p -> !p.equals(id)).isEmpty();
                            case Grant.Subject.Holders(var name) ->
                                    principal.isEmpty()
                                            && role.filter(r -> !r.equals(name)).isEmpty();
                        };
    }

    private static Stream<UUID> named(Grant grant) {
        var giver = Stream.of(grant.grantedBy());
        return grant.subject() instanceof Grant.Subject.One(var id, _)
                ? Stream.concat(giver, Stream.of(id))
                : giver;
    }

    private Response grant(Request request) {
        var permit = changing(request);
        var grant = request.json(GrantForm.class).grant(ids.next(), permit, clock.instant());
        changes.grant(permit, grant);
        return Response.json(
                201, AccessViews.grant(grant, names.of(permit.tenant(), named(grant))));
    }

    private Response takeGrant(Request request) {
        changes.take(changing(request), request.id("grant"));
        return Response.empty(204);
    }

    private Response assignments(Request request) {
        var permit = reading(request);
        var principal = Queries.read(request, "principal", "an id", UUID::fromString);
        var role = request.query("role");
        var tenant = permit.tenant();
        var found =
                database.read(tenant, tx -> access.roles().assignments(tx, tenant)).stream()
                        .filter(one -> principal.filter(p -> !p.equals(one.principal())).isEmpty())
                        .filter(one -> role.filter(r -> !r.equals(one.role())).isEmpty())
                        .toList();
        var named = names.of(tenant, found.stream().flatMap(AccessRoutes::named));
        return Response.json(
                Window.of(
                        found.stream().map(one -> AccessViews.assignment(one, named)).toList(),
                        request));
    }

    private static Stream<UUID> named(Assignment one) {
        return Stream.of(one.principal(), one.grantedBy());
    }

    private Response assign(Request request) {
        var permit = changing(request);
        var wanted = request.json(AssignmentForm.class).assignment(permit, clock.instant());
        changes.assign(permit, wanted);
        return Response.json(
                201, AccessViews.assignment(wanted, names.of(permit.tenant(), named(wanted))));
    }

    private Response unassign(Request request) {
        changes.unassign(changing(request), request.id("principal"), request.parameter("role"));
        return Response.empty(204);
    }

    private Permit reading(Request request) {
        return access.policy().permit(request.caller(), READ_ACCESS, AccessChanges.RESOURCE);
    }

    private Permit changing(Request request) {
        return access.policy().permit(request.caller(), MANAGE_ACCESS, AccessChanges.RESOURCE);
    }
}
