package holdfast.simulator;

import java.util.List;

/// `PATCH /v1/credentials` and what became of it under `/v1/credentials/tasks`.
final class RotationRoutes {
    private static final String TASKS = "/v1/credentials/tasks";

    private final World world;
    private final Rotations rotations;
    private final TaskJson json;

    RotationRoutes(World world, Rotations rotations) {
        this.world = world;
        this.rotations = rotations;
        this.json = new TaskJson(world);
    }

    List<Route> routes() {
        return List.of(
                Route.sddc("PATCH", "/v1/credentials", Access.ADMIN, locked(this::change)),
                Route.sddc("GET", TASKS, Access.ADMIN, locked(this::list)).taking("limit"),
                Route.sddc("GET", TASKS + "/{id}", Access.ADMIN, locked(this::one)),
                Route.sddc("PATCH", TASKS + "/{id}", Access.ADMIN, locked(this::retry)),
                Route.sddc("DELETE", TASKS + "/{id}", Access.ADMIN, locked(this::cancel)),
                Route.sddc(
                        "GET",
                        TASKS + "/{id}/subtasks/{subtask}",
                        Access.ADMIN,
                        locked(this::subTask)),
                Route.sddc(
                        "GET",
                        TASKS + "/{id}/resource-credentials",
                        Access.ADMIN,
                        locked(this::resourceCredentials)));
    }

    private Reply change(Route.Call call) {
        var task = rotations.submit(RotationRequest.of(call.request(), world));
        return Reply.json(world.accepted(), json.task(task));
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
        int limit = Pages.Asked.number(call, "limit");
        var tasks = rotations.newestFirst();
        var wanted = limit == 0 ? tasks : tasks.subList(0, Math.min(limit, tasks.size()));
        return Reply.json(200, Pages.whole(wanted, json::credentialTask));
    }

    private Reply one(Route.Call call) {
        return Reply.json(200, json.credentialTask(require(call)));
    }

    private Reply retry(Route.Call call) {
        var request = RotationRequest.of(call.request(), world);
        return Reply.json(world.accepted(), json.task(rotations.retry(known(call), request)));
    }

    private Reply cancel(Route.Call call) {
        var task = rotations.cancel(known(call), 400);
        if (!world.version().declaresOldSuccessCodes()) {
            return Reply.json(202, json.task(task));
        }
        return world.switches().is(Switch.CANCELLED_CODE, "204")
                ? Reply.empty(204)
                : Reply.json(200, json.task(task));
    }

    private Reply subTask(Route.Call call) {
        var task = require(call);
        var step =
                task.steps.stream()
                        .filter(one -> one.id.equals(call.segment("subtask")))
                        .findFirst()
                        .orElseThrow(this::unknown);
        return Reply.json(
                200,
                world.switches().is(Switch.SUBTASK_BODY, "whole-task")
                        ? json.credentialTask(task)
                        : json.subTask(task, step));
    }

    /// A bare array.
    private Reply resourceCredentials(Route.Call call) {
        var array = Json.array();
        for (var step : require(call).steps) {
            var element = array.addObject();
            element.put("resourceName", step.target.resource());
            element.put("resourceType", step.target.resourceType());
            var credential = element.putArray("credentials").addObject();
            credential.put("credentialType", step.target.credentialType());
            credential.put("username", step.target.username());
            if (!step.newPassword.isEmpty()) {
                credential.put("password", step.newPassword);
            }
        }
        return Reply.json(200, array);
    }

    private CredentialTask require(Route.Call call) {
        return rotations.poll(call.segment("id")).orElseThrow(this::unknown);
    }

    /// Without moving it on.
    private CredentialTask known(Route.Call call) {
        return rotations.newestFirst().stream()
                .filter(task -> task.id.equals(call.segment("id")))
                .findFirst()
                .orElseThrow(this::unknown);
    }

    private Refused unknown() {
        return new Refused(
                new Trouble("TASK_NOT_FOUND", "BAD_REQUEST", "Task was not found.")
                        .reply(world.switches().number(Switch.UNKNOWN_TASK)));
    }
}
