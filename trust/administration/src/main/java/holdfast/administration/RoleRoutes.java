package holdfast.administration;

import static holdfast.access.Action.MANAGE_ACCESS;
import static holdfast.access.Action.READ_ACCESS;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import holdfast.access.AccessRoom;
import holdfast.access.Assignment;
import holdfast.access.Permit;
import holdfast.access.Role;
import holdfast.administration.AccessForms.RoleChange;
import holdfast.administration.AccessForms.RoleForm;
import holdfast.administration.AccessViews.RoleView;
import holdfast.http.Etags;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.http.Window;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// HTTP to roles: those that every tenant has, and those that it made.
final class RoleRoutes {
    private static final String ALL = "/api/access/roles";
    private static final String ONE = ALL + "/{role}";
    private static final int SMALL = 32 * 1024; // bytes

    private final Database database;
    private final AccessRoom access;
    private final AccessChanges changes;
    private final InstantSource clock;

    RoleRoutes(Database database, AccessRoom access, AccessChanges changes, InstantSource clock) {
        this.database = database;
        this.access = access;
        this.changes = changes;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", ALL, READ_ACCESS, 0, Rate.API, this::list),
                new Route("POST", ALL, MANAGE_ACCESS, SMALL, Rate.API, this::create),
                new Route("GET", ONE, READ_ACCESS, 0, Rate.API, this::read),
                new Route("PUT", ONE, MANAGE_ACCESS, SMALL, Rate.API, this::change),
                new Route("DELETE", ONE, MANAGE_ACCESS, 0, Rate.API, this::delete));
    }

    private Response list(Request request) {
        var permit = access.policy().permit(request.caller(), READ_ACCESS, AccessChanges.RESOURCE);
        return Response.json(Window.of(all(permit.tenant()), request));
    }

    private Response read(Request request) {
        var permit = access.policy().permit(request.caller(), READ_ACCESS, AccessChanges.RESOURCE);
        return answer(200, found(permit.tenant(), request.parameter("role")));
    }

    private Response create(Request request) {
        var permit = changing(request);
        var custom = request.json(RoleForm.class).role(clock.instant());
        changes.create(permit, custom);
        var made = found(permit.tenant(), custom.role().name());
        return answer(201, made).with("Location", ALL + "/" + made.name());
    }

    private Response change(Request request) {
        var permit = changing(request);
        var name = request.parameter("role");
        var form = request.json(RoleChange.class);
        requireCustom(found(permit.tenant(), name));
        changes.change(permit, form.role(name, Etags.expected(request)));
        return answer(200, found(permit.tenant(), name));
    }

    private Response delete(Request request) {
        var permit = changing(request);
        var name = request.parameter("role");
        requireCustom(found(permit.tenant(), name));
        changes.delete(permit, name);
        return Response.empty(204);
    }

    private static void requireCustom(RoleView role) {
        if (role.builtIn()) {
            throw Problem.CONFLICT.because("a built-in role stays as it is");
        }
    }

    private RoleView found(TenantId tenant, String name) {
        return all(tenant).stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such role"));
    }

    private List<RoleView> all(TenantId tenant) {
        return database.read(
                tenant,
                tx -> {
                    var holders =
                            access.roles().assignments(tx, tenant).stream()
                                    .collect(groupingBy(Assignment::role, counting()));
                    var builtIn =
                            Role.BUILT_IN.stream()
                                    .map(role ->
                                            AccessViews.role(
                                                    role, holders.getOrDefault(role.name(), 0L)));
                    var made =
                            access.roles().custom(tx, tenant).stream()
                                    .map(one ->
                                            AccessViews.role(
                                                    one,
                                                    holders.getOrDefault(one.role().name(), 0L)));
                    return Stream.concat(builtIn, made).toList();
                });
    }

    private Permit changing(Request request) {
        return access.policy().permit(request.caller(), MANAGE_ACCESS, AccessChanges.RESOURCE);
    }

    private static Response answer(int status, RoleView role) {
        return Response.json(status, role).with("ETag", Etags.of(role.version()));
    }
}
