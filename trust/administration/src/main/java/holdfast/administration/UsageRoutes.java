package holdfast.administration;

import static holdfast.access.Action.MANAGE_SETTINGS;
import static holdfast.access.Action.MANAGE_TENANT;

import holdfast.access.Policy;
import holdfast.administration.TenantViews.DayView;
import holdfast.administration.TenantViews.UsageView;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.tenancy.TenancyRoom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// HTTP to what tenants use: each its own, whoever runs the server any.
final class UsageRoutes {
    private static final int USUAL = 30; // days
    private static final String RESOURCE = "usage";

    private final Database database;
    private final Policy policy;
    private final TenancyRoom tenancy;
    private final InstantSource clock;

    UsageRoutes(Database database, Policy policy, TenancyRoom tenancy, InstantSource clock) {
        this.database = database;
        this.policy = policy;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/usage", MANAGE_SETTINGS, 0, Rate.API, this::own),
                new Route(
                        "GET",
                        "/api/tenants/{tenant}/usage",
                        MANAGE_TENANT,
                        0,
                        Rate.API,
                        this::any));
    }

    private Response own(Request request) {
        var permit = policy.permit(request.caller(), MANAGE_SETTINGS, RESOURCE);
        return answer(permit.tenant(), request);
    }

    private Response any(Request request) {
        policy.permit(request.caller(), MANAGE_TENANT, TenantLife.RESOURCE);
        return answer(new TenantId(request.id("tenant")), request);
    }

    private Response answer(TenantId tenant, Request request) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var to = day(request, "to").orElse(today);
        var from = day(request, "from").orElse(to.minusDays(USUAL - 1));
        return Response.json(
                database.readPlatform(tx -> {
                    if (tenancy.tenants().find(tx, tenant).isEmpty()) {
                        throw Problem.NOT_FOUND.because("there is no such tenant");
                    }
                    return new UsageView(
                            tenancy.quotas().uses(tx, tenant).stream()
                                    .map(TenantViews::use)
                                    .toList(),
                            tenancy.usage().days(tx, tenant, from, to).stream()
                                    .map(one -> new DayView(one.day().toString(), one.measures()))
                                    .toList());
                }));
    }

    private static Optional<LocalDate> day(Request request, String name) {
        return Queries.read(request, name, "a day such as 2026-01-31", LocalDate::parse);
    }
}
