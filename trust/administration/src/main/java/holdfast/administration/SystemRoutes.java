package holdfast.administration;

import static holdfast.access.Action.READ_HEALTH;

import holdfast.access.Policy;
import holdfast.health.Health;
import holdfast.health.Metrics;
import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.identity.FirstRun;
import holdfast.tenancy.Tenants;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// HTTP to [Health] and [Metrics], and what an interface must know before anybody is signed in.
final class SystemRoutes {
    private static final Alive OK = new Alive("ok");

    private final Policy policy;
    private final Health health;
    private final Metrics metrics;
    private final FirstRun firstRun;
    private final Tenants tenants;
    private final String version;

    SystemRoutes(
            Policy policy,
            Health health,
            Metrics metrics,
            FirstRun firstRun,
            Tenants tenants,
            String version) {
        this.policy = policy;
        this.health = health;
        this.metrics = metrics;
        this.firstRun = firstRun;
        this.tenants = tenants;
        this.version = version;
    }

    List<Route> routes() {
        var open = Access.PUBLIC;
        return List.of(
                new Route("GET", "/health/live", open, 0, Rate.FREE, _ -> Response.json(OK)),
                new Route("GET", "/health/ready", open, 0, Rate.FREE, _ -> ready()),
                new Route("GET", "/api/ping", open, 0, Rate.FREE, _ -> Response.json(OK)),
                new Route("GET", "/api/system/info", open, 0, Rate.API, _ -> info()),
                new Route("GET", "/api/system/health", READ_HEALTH, 0, Rate.API, this::health),
                new Route("GET", "/metrics", READ_HEALTH, 0, Rate.API, this::metrics));
    }

    private Response ready() {
        health.requireReady();
        return Response.json(OK);
    }

    private Response info() {
        return Response.json(new About(firstRun.isDue(), version, tenants.all().size() == 1));
    }

    private Response health(Request request) {
        policy.scope(request.caller(), READ_HEALTH);
        return Response.json(health.report());
    }

    private Response metrics(Request request) {
        policy.scope(request.caller(), READ_HEALTH);
        return Response.bytes(200, Metrics.TYPE, metrics.text().getBytes(StandardCharsets.UTF_8));
    }

    record Alive(String status) {}

    record About(boolean needsSetup, String version, boolean singleTenant) {}
}
