package holdfast.administration;

import holdfast.access.Action;
import holdfast.access.Policy;
import holdfast.cluster.Jobs;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Cursor;
import holdfast.kernel.Page;
import holdfast.kernel.Problem;
import holdfast.ledger.Ledger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// HTTP to the background jobs of the server.
final class JobRoutes {
    private static final Instant FAR = Instant.parse("9999-12-31T00:00:00Z");
    private static final UUID NO_ID = new UUID(0, 0); // a job has one turn at a time
    private static final int MOST = 1_000; // more than are kept of one job

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
        return isRecurring(status) ? status.name() : status.name() + "." + status.instance();
    }

    private static boolean isRecurring(Jobs.Status status) {
        return status.instance().equals("recurring");
    }

    /// What became of earlier turns, newest first.
    private Response runs(Request request) {
        policy.scope(request.caller(), Action.READ_JOB);
        var job = find(request.parameter("job"));
        int limit = Queries.limit(request);
        var before = request.query("cursor").map(Cursor::read).map(Cursor::instant).orElse(FAR);
        var found = jobs.turns(job.name(), job.instance(), before, limit + 1);
        return Response.json(
                new Page<>(
                        Cursor.shown(found, limit).stream().map(JobRoutes::view).toList(),
                        Cursor.next(found, limit, last -> Cursor.of(last.started(), NO_ID)),
                        jobs.turns(job.name(), job.instance(), FAR, MOST).size()));
    }

    private static Map<String, Object> view(Jobs.Turn turn) {
        var view = new LinkedHashMap<String, Object>();
        view.put("started", turn.started());
        view.put("finished", turn.finished());
        view.put("status", turn.error().isPresent() ? "FAILED" : "SUCCESS");
        turn.error().ifPresent(error -> view.put("error", error));
        view.put("node", turn.node());
        return view;
    }

    private Response run(Request request) {
        var name = request.parameter("job");
        var permit = policy.permit(request.caller(), Action.RUN_JOB, "job/" + name);
        if (!isRecurring(find(name))) {
            throw Problem.CONFLICT.because(
                    "this job runs by its schedule only; sync the environment instead");
        }
        ledger.record(permit.principal(), new AdministrationEvent.JobStarted(name));
        jobs.runNow(name);
        return Response.empty(202);
    }

    private Jobs.Status find(String id) {
        return jobs.statuses().stream()
                .filter(status -> id(status).equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because("there is no job with this id"));
    }
}
