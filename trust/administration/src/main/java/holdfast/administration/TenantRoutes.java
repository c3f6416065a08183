package holdfast.administration;

import static holdfast.access.Action.MANAGE_TENANT;

import holdfast.access.AccessRoom;
import holdfast.access.Assignment;
import holdfast.access.Permit;
import holdfast.administration.TenantForms.LimitsForm;
import holdfast.administration.TenantForms.MemberForm;
import holdfast.administration.TenantForms.TenantChange;
import holdfast.administration.TenantForms.TenantForm;
import holdfast.administration.TenantViews.MemberView;
import holdfast.http.Etags;
import holdfast.http.Handler;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.http.Window;
import holdfast.identity.People;
import holdfast.kernel.Ids;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.tenancy.Quotas;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tenants;
import holdfast.tenancy.Tier;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// HTTP to tenants, for whoever runs the server: only in the tenant that the server came with.
final class TenantRoutes {
    private static final String ALL = "/api/tenants";
    private static final String ONE = ALL + "/{tenant}";
    private static final int SMALL = 32 * 1024; // bytes

    private final Database database;
    private final AccessRoom access;
    private final Tenants tenants;
    private final Quotas quotas;
    private final TenantLife life;
    private final People people;
    private final Ids ids;
    private final InstantSource clock;

    TenantRoutes(
            Database database,
            AccessRoom access,
            Tenants tenants,
            Quotas quotas,
            TenantLife life,
            People people,
            Ids ids,
            InstantSource clock) {
        this.database = database;
        this.access = access;
        this.tenants = tenants;
        this.quotas = quotas;
        this.life = life;
        this.people = people;
        this.ids = ids;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                route("GET", ALL, 0, this::list),
                route("POST", ALL, SMALL, this::create),
                route("GET", ONE, 0, this::read),
                route("PUT", ONE, SMALL, this::change),
                route("DELETE", ONE, 0, this::delete),
                route("POST", ONE + "/suspend", 0, this::suspend),
                route("POST", ONE + "/activate", 0, this::activate),
                route("GET", ONE + "/quotas", 0, this::uses),
                route("PUT", ONE + "/quotas", SMALL, this::limit),
                route("GET", ONE + "/users", 0, this::members),
                route("POST", ONE + "/users", SMALL, this::add),
                route("DELETE", ONE + "/users/{user}", 0, this::remove));
    }

    private static Route route(String method, String path, int maxBody, Handler handler) {
        return new Route(method, path, MANAGE_TENANT, maxBody, Rate.API, handler);
    }

    private Response list(Request request) {
        permit(request);
        var tier =
                Queries.read(
                        request, "tier", "FREE, BASIC, PROFESSIONAL, ENTERPRISE", Tier::valueOf);
        var status =
                Queries.read(
                        request,
                        "status",
                        "ACTIVE, SUSPENDED, DISABLED, PENDING",
                        Tenant.Status::valueOf);
        var text = request.query("q").orElse("");
        return Response.json(
                Window.of(
                        tenants.all().stream()
                                .filter(one -> one.name().contains(text))
                                .filter(one -> tier.filter(t -> t != one.tier()).isEmpty())
                                .filter(one -> status.filter(s -> s != one.status()).isEmpty())
                                .map(TenantViews::tenant)
                                .toList(),
                        request));
    }

    private Response create(Request request) {
        var permit = permit(request);
        var tenant = request.json(TenantForm.class).tenant(ids.next(), clock.instant());
        life.create(permit, tenant);
        return answer(201, tenant.id()).with("Location", ALL + "/" + tenant.id());
    }

    private Response read(Request request) {
        permit(request);
        return answer(200, id(request));
    }

    private Response change(Request request) {
        var permit = permit(request);
        var change = request.json(TenantChange.class);
        life.change(
                permit,
                id(request),
                Etags.expected(request),
                stored -> change.applied(stored, clock.instant()));
        return answer(200, id(request));
    }

    private Response suspend(Request request) {
        life.suspend(permit(request), id(request));
        return answer(200, id(request));
    }

    private Response activate(Request request) {
        life.activate(permit(request), id(request));
        return answer(200, id(request));
    }

    private Response delete(Request request) {
        var permit =
                access.policy().permitFresh(request.caller(), MANAGE_TENANT, TenantLife.RESOURCE);
        life.delete(permit, id(request), request.query("name").orElse(""));
        return Response.empty(202);
    }

    private Response uses(Request request) {
        permit(request);
        return used(id(request));
    }

    private Response limit(Request request) {
        var permit = permit(request);
        life.limit(permit, id(request), request.json(LimitsForm.class).byQuota());
        return used(id(request));
    }

    private Response used(TenantId id) {
        var uses =
                database.readPlatform(tx -> {
                    life.living(tx, id);
                    return quotas.uses(tx, id).stream().map(TenantViews::use).toList();
                });
        return Response.json(new TenantViews.UsesView(uses, uses.size()));
    }

    private Response members(Request request) {
        permit(request);
        var id = id(request);
        var items =
                database.readPlatform(tx -> {
                    life.living(tx, id);
                    var all =
                            access.roles().assignments(tx, id).stream()
                                    .filter(one -> one.kind() != Principal.Kind.MACHINE)
                                    .toList();
                    var names =
                            people.names(
                                    tx,
                                    all.stream()
                                            .map(Assignment::principal)
                                            .collect(Collectors.toSet()));
                    return all.stream().map(one -> member(one, names)).toList();
                });
        return Response.json(Window.of(items, request));
    }

    private static MemberView member(Assignment one, Map<UUID, String> names) {
        return new MemberView(
                one.principal(),
                Optional.ofNullable(names.get(one.principal())),
                one.role(),
                one.granted(),
                one.grantedBy(),
                one.expires(),
                one.metadata().entries());
    }

    private Response add(Request request) {
        var permit = permit(request);
        var form = request.json(MemberForm.class);
        var made = life.add(permit, id(request), form);
        return Response.json(201, member(made, Map.of(made.principal(), form.username())));
    }

    private Response remove(Request request) {
        life.remove(permit(request), id(request), request.id("user"));
        return Response.empty(204);
    }

    private Permit permit(Request request) {
        return access.policy().permit(request.caller(), MANAGE_TENANT, TenantLife.RESOURCE);
    }

    private static TenantId id(Request request) {
        return new TenantId(request.id("tenant"));
    }

    private Response answer(int status, TenantId id) {
        var tenant = database.readPlatform(tx -> life.living(tx, id));
        return Response.json(status, TenantViews.tenant(tenant))
                .with("ETag", Etags.of(tenant.version()));
    }
}
