package holdfast.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

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

    private static final List<String> ORDERS =
            List.of("creationTimestamp", "completionTimestamp", "name", "status", "type");

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
        call.flag("doLiveRefresh");
        var wanted =
                ordered(call, rotations.newestFirst().stream().filter(filter(call)).toList())
                        .stream()
                        .limit(limit == 0 ? Long.MAX_VALUE : limit)
                        .toList();
        return Reply.json(200, Pages.page(wanted, asked, json::task));
    }

    private Predicate<CredentialTask> filter(Route.Call call) {
        Predicate<CredentialTask> wanted = _ -> true;
        var status = call.parameter("taskStatus").map(TaskRoutes::normal);
        if (status.isPresent()) {
            wanted = wanted.and(task -> json.generic(task, false).equals(status.get()));
        }
        var type = call.parameter("taskType");
        if (type.isPresent()) {
            wanted = wanted.and(task -> text(task, "type").equals(type.get()));
        }
        var name = call.parameter("taskName");
        if (name.isPresent()) {
            wanted = wanted.and(task -> text(task, "name").equals(name.get()));
        }
        var resource = call.parameter("resourceId");
        if (resource.isPresent()) {
            wanted = wanted.and(task -> concerns(task, "resourceId", resource.get()));
        }
        var resourceType = call.parameter("resourceType");
        if (resourceType.isPresent()) {
            wanted = wanted.and(task -> concerns(task, "type", resourceType.get()));
        }
        long after = call.parameter("completedAfter").map(TaskRoutes::milliseconds).orElse(-1L);
        return after < 0 ? wanted : wanted.and(task -> isCompletedAfter(task, after));
    }

    private String text(CredentialTask task, String member) {
        return json.task(task).path(member).asString();
    }

    private boolean concerns(CredentialTask task, String member, String value) {
        return json.task(task)
                .path("resources")
                .valueStream()
                .anyMatch(resource -> resource.path(member).asString().equals(value));
    }

    private static boolean isCompletedAfter(CredentialTask task, long milliseconds) {
        var completed = task.completed;
        return completed != null && completed.toEpochMilli() > milliseconds;
    }

    /// @throws Refused 400 when it is no number of milliseconds since the epoch
    private static long milliseconds(String text) {
        if (!text.matches("\\d{1,15}")) {
            throw Refused.badRequest("completedAfter must be milliseconds since the epoch.");
        }
        return Long.parseLong(text);
    }

    /// By the member of the task that `orderBy` names; newest first without it.
    private List<CredentialTask> ordered(Route.Call call, List<CredentialTask> tasks) {
        var by = call.parameter("orderBy");
        var direction = call.parameter("orderDirection").orElse("ASC");
        if (!direction.equals("ASC") && !direction.equals("DESC")) {
            throw Refused.badRequest("orderDirection must be ASC or DESC.");
        }
        if (by.isEmpty()) {
            return tasks;
        }
        if (!ORDERS.contains(by.get())) {
            throw Refused.badRequest("orderBy must be one of " + ORDERS + ".");
        }
        var order = Comparator.comparing((CredentialTask task) -> text(task, by.get()));
        return tasks.stream().sorted(direction.equals("ASC") ? order : order.reversed()).toList();
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
