package holdfast.simulator;

import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Writes a credential task in its two shapes. Both hold secrets where the vendor's do.
final class TaskJson {
    private static final Map<String, String> WORDS =
            Map.of(
                    "ROTATE", "rotate",
                    "UPDATE", "update",
                    "REMEDIATE", "remediate",
                    "UPDATE_AUTO_ROTATE_POLICY", "auto-rotate policy");

    private final World world;

    TaskJson(World world) {
        this.world = world;
    }

    /// `CredentialsTask`.
    ObjectNode credentialTask(CredentialTask task) {
        var json = Json.object();
        json.put("id", task.id);
        json.put("name", "Passwords " + WORDS.get(task.request.operation()) + " operation");
        json.put("type", task.request.operation());
        json.put("status", task.status.own());
        json.put("isAutoRotate", task.auto);
        putTimes(json, task);
        var steps = json.putArray("subTasks");
        var errors = json.putArray("errors");
        for (var step : task.steps) {
            steps.add(subTask(task, step));
            if (step.error != null) {
                errors.add(new Trouble("PASSWORD_MANAGER_FAILED", "INTERNAL", step.error).body());
            }
        }
        return json;
    }

    private void putTimes(ObjectNode json, CredentialTask task) {
        json.put("creationTimestamp", Json.time(task.created));
        var completed = task.completed;
        if (completed != null && world.version().completesCredentialTasks()) {
            json.put("completionTimestamp", Json.time(completed));
        }
    }

    /// `CredentialsSubTask`.
    ObjectNode subTask(CredentialTask task, CredentialTask.Step step) {
        var word = WORDS.getOrDefault(task.request.operation(), "change");
        var json = Json.object();
        json.put("id", step.id).put("resourceName", step.target.resource());
        json.put(
                "name",
                word.substring(0, 1).toUpperCase(Locale.ROOT)
                        + word.substring(1)
                        + " "
                        + step.target.resourceType()
                        + " password");
        json.put(
                "description",
                "%s of %s on %s".formatted(word, step.target.username(), step.target.resource()));
        json.put("status", step.status.own());
        putTimes(json, task);
        json.put("entityType", step.target.resourceType()).put("username", step.target.username());
        if (step.target.credentialType() != null) {
            json.put("credentialType", step.target.credentialType());
        }
        if (!step.newPassword.isEmpty()) {
            json.put("oldPassword", step.oldPassword).put("newPassword", step.newPassword);
        }
        json.putArray("dependentSubTasks");
        var errors = json.putArray("errors");
        if (step.error != null) {
            errors.add(new Trouble("PASSWORD_MANAGER_FAILED", "INTERNAL", step.error).body());
        }
        return json;
    }

    /// `Task`, as PATCH answers it and `/v1/tasks` lists it.
    ObjectNode task(CredentialTask task) {
        boolean newer = world.version().isAtLeast(Version.V5_1_1);
        boolean spoken = newer && world.switches().is(Switch.TASK_STATUS_SPELLING, "spoken");
        boolean constant = world.switches().is(Switch.TASK_TEXTS, "constant");
        var operation = task.request.operation();
        var json = Json.object();
        json.put("id", task.id);
        json.put(
                "name",
                constant
                        ? "CREDENTIALS_" + operation
                        : "Credentials " + WORDS.get(operation) + " operation");
        json.put("type", constant ? operation : "CREDENTIALS_" + operation);
        json.put("status", generic(task, spoken));
        json.put("creationTimestamp", Json.time(task.created));
        var completed = task.completed;
        if (completed != null) {
            json.put("completionTimestamp", Json.time(completed));
        }
        json.put("isCancellable", false);
        if (newer) {
            json.put("isRetryable", task.status.isStuck());
        }
        json.put(
                "resolutionStatus",
                task.status.isStuck() || task.status.isRunning() ? "UNRESOLVED" : "RESOLVED");
        var resources = json.putArray("resources");
        for (var step : task.steps) {
            step.credential
                    .flatMap(world.estate()::find)
                    .map(Credential::component)
                    .ifPresent(component ->
                            resources
                                    .addObject()
                                    .put("resourceId", component.id())
                                    .put("fqdn", component.name())
                                    .put("type", component.type()));
        }
        putSubTasks(json, task);
        return json;
    }

    /// What `/v1/tasks` says in this release; one that waits is QUEUED from 9.1 when the switch says so.
    String generic(CredentialTask task, boolean spoken) {
        boolean queued =
                task.status == TaskStatus.PENDING
                        && world.version().isAtLeast(Version.V9_1_0)
                        && world.switches().is(Switch.WAITING_TASK, "queued");
        if (queued) {
            return spoken ? "Queued" : "QUEUED";
        }
        return task.status.in(world.version()).generic(spoken);
    }

    /// `SubTask`, which holds no password.
    private void putSubTasks(ObjectNode json, CredentialTask task) {
        var steps = json.putArray("subTasks");
        var errors = json.putArray("errors");
        for (var step : task.steps) {
            var one = steps.addObject();
            one.put("name", "Change password").put("type", step.target.resourceType());
            one.put("description", "Change password of " + step.target.resource());
            one.put("status", step.status.isStuck() ? "FAILED" : step.status.own());
            one.put("creationTimestamp", Json.time(task.created));
            one.putArray("stages");
            if (step.error != null) {
                errors.add(new Trouble("PASSWORD_MANAGER_FAILED", "INTERNAL", step.error).body());
            }
        }
    }
}
