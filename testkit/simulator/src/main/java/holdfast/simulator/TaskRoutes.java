package holdfast.simulator;

import java.util.List;
import java.util.Locale;

/// `/v1/tasks`: credential tasks among those of the whole appliance.
final class TaskRoutes {
    private static final int MOST = 100;
    private static final String[] ALWAYS = {
        "limit", "taskStatus", "taskType", "resourceId", "resourceType", "completedAfter"
    };
    private static final String[] FROM_5_1_1 = {
        "limit",
        "taskStatus",
        "taskType",
        "resourceId",
        "resourceType",
        "completedAfter",
        "pageNumber",
        "pageSize",
        "orderBy",
        "orderDirection",
        "taskName"
    };
    private static final String[] FROM_9_0 = {
        "limit", "taskStatus", "taskType", "resourceId", "resourceType", "completedAfter",
        "pageNumber", "pageSize", "orderBy", "orderDirection", "taskName", "doLiveRefresh"
    };

    private final World world;
    private final Rotations rotations;
    private final TaskJson json;

    TaskRoutes(World world, Rotations rotations) {
        this.world = world;
        this.rotations = rotations;
        this.json = new TaskJson(world);
    }

    List<Route> routes() {
        return List.of(
                Route.sddc("GET", "/v1/tasks", Access.SIGNED_IN, locked(this::list))
                        .taking(parameters()),
                Route.sddc("GET", "/v1/tasks/{id}", Access.SIGNED_IN, locked(this::one)),
                Route.sddc("PATCH", "/v1/tasks/{id}", Access.ADMIN, locked(this::retry)),
                Route.sddc("DELETE", "/v1/tasks/{id}", Access.ADMIN, locked(this::cancel)));
    }

    private String[] parameters() {
        if (world.version().isAtLeast(Version.V9_0_2)) {
            return FROM_9_0;
        }
        return world.version().isAtLeast(Version.V5_1_1) ? FROM_5_1_1 : ALWAYS;
    }

    /// Tasks are read and written under the lock of their keeper.
    private Route.Handler locked(Route.Handler handler) {
        return call -> {
            synchronized (rotations) {
                return handler.handle(call);
            }
        };
    }

    private Reply list(Route.Call call) {
        var asked = Pages.Asked.of(call);
        if (asked.size() > MOST) {
            throw Refused.badRequest("pageSize must be 100 at most.");
        }
        int limit = Pages.Asked.number(call, "limit");
        var status = call.parameter("taskStatus").map(TaskRoutes::normal);
        var type = call.parameter("taskType");
        var wanted =
                rotations.newestFirst().stream()
                        .filter(task ->
                                status.isEmpty() || status.get().equals(task.status.generic(false)))
                        .filter(task ->
                                type.isEmpty()
                                        || json.task(task)
                                                .path("type")
                                                .stringValue()
                                                .equals(type.get()))
                        .limit(limit == 0 ? Long.MAX_VALUE : limit)
                        .toList();
        return Reply.json(200, Pages.page(wanted, asked, json::task));
    }

    private static String normal(String status) {
        return status.toUpperCase(Locale.ROOT).replace(' ', '_');
    }

    private Reply one(Route.Call call) {
        return rotations
                .poll(call.segment("id"))
                .map(task -> Reply.json(200, json.task(task)))
                .orElseThrow(() -> Refused.notFound("Task was not found."));
    }

    private Reply retry(Route.Call call) {
        rotations.retry(known(call));
        return Reply.empty(200);
    }

    private Reply cancel(Route.Call call) {
        rotations.cancel(known(call), 409);
        return Reply.empty(200);
    }

    private CredentialTask known(Route.Call call) {
        return rotations.newestFirst().stream()
                .filter(task -> task.id.equals(call.segment("id")))
                .findFirst()
                .orElseThrow(() -> Refused.notFound("Task was not found."));
    }
}
