package holdfast.administration;

import holdfast.access.Action;
import holdfast.access.Policy;
import holdfast.cluster.Jobs;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Problem;
import holdfast.ledger.Ledger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// HTTP to the background jobs of the server.
final class JobRoutes {
    private final Jobs jobs;
    private final Ledger ledger;
    private final Policy policy;

    JobRoutes(Jobs jobs, Ledger ledger, Policy policy) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.policy = policy;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/jobs", Action.READ_JOB, 0, Rate.API, this::list),
                new Route("GET", "/api/jobs/{job}/runs", Action.READ_JOB, 0, Rate.API, this::runs),
                new Route(
                        "POST",
                        "/api/jobs/{job}/run",
                        Action.RUN_JOB,
                        Route.JSON,
                        Rate.API,
                        this::run));
    }

    private Response list(Request request) {
        policy.scope(request.caller(), Action.READ_JOB);
        var items = jobs.statuses().stream().map(this::view).toList();
        return Response.json(Map.of("items", items, "total", items.size()));
    }

    private Map<String, Object> view(Jobs.Status status) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", id(status));
        view.put("name", status.name());
        jobs.about(status)
                .ifPresent(about -> {
                    view.put("title", about.title());
                    view.putAll(about.members());
                });
        status.next().ifPresent(next -> view.put("next", next));
        status.last().ifPresent(last -> view.put("last", last));
        view.put("running", status.running());
        status.lastError().ifPresent(error -> view.put("lastError", error));
        return view;
    }

    private static String id(Jobs.Status status) {
        return status.instance().equals("recurring")
                ? status.name()
                : status.name() + "." + status.instance();
    }

    /// What is known of earlier turns: the last one.
    private Response runs(Request request) {
        policy.scope(request.caller(), Action.READ_JOB);
        var job = find(request.parameter("job"));
        var items =
                job.last().stream()
                        .map(last -> {
                            var run = new LinkedHashMap<String, Object>();
                            run.put("started", last);
                            run.put("status", job.lastError().isPresent() ? "FAILED" : "SUCCESS");
                            job.lastError().ifPresent(error -> run.put("error", error));
                            return run;
                        })
                        .toList();
        return Response.json(Map.of("items", items, "total", items.size()));
    }

    private Response run(Request request) {
        var name = request.parameter("job");
        var permit = policy.permit(request.caller(), Action.RUN_JOB, "job/" + name);
        find(name);
        ledger.record(permit.principal(), new AdministrationEvent.JobStarted(name));
        if (!jobs.runNow(name)) {
            throw Problem.CONFLICT.because(
                    "this job runs by its schedule only; sync the environment instead");
        }
        return Response.empty(202);
    }

    private Jobs.Status find(String id) {
        return jobs.statuses().stream()
                .filter(status -> id(status).equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because("there is no job with this id"));
    }
}
