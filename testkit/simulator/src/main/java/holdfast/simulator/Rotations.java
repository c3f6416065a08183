package holdfast.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs changes of credentials as the appliance does: one at a time, step by step with each poll, stuck after a failure.
///
/// PENDING → IN_PROGRESS (as many polls as [Switch#TASK_POLLS] says) → what [Switch#TASK_OUTCOME] says, unless the
/// site itself makes it fail. Safe to call from many threads.
final class Rotations {
    private final World world;
    private final StepRunner runner;
    private final List<CredentialTask> tasks = new ArrayList<>();

    Rotations(World world) {
        this.world = world;
        this.runner = new StepRunner(world);
    }

    /// @throws Refused when another task runs or is stuck
    synchronized CredentialTask submit(RotationRequest request) {
        requireQuiet(request);
        var task =
                new CredentialTask(
                        world.estate().newId(), false, world.now(), request, runner.steps(request));
        tasks.add(task);
        return task;
    }

    private void requireQuiet(RotationRequest request) {
        for (var task : tasks) {
            if (task.status.isStuck() && task.status != TaskStatus.INCONSISTENT) {
                throw busy(400, "A failed credential task must be retried or cancelled first.");
            }
            if (task.status == TaskStatus.INCONSISTENT
                    && task.concerns(request)
                    && !request.operation().equals("REMEDIATE")) {
                throw busy(400, "The account is inconsistent and must be remediated first.");
            }
            if (task.status.isRunning()
                    && !world.switches().is(Switch.CONCURRENT_PATCH, "queued")) {
                throw busy(
                        world.switches().number(Switch.CONCURRENT_PATCH),
                        "Unable to acquire resource level lock(s).");
            }
        }
    }

    private static Refused busy(int status, String message) {
        return new Refused(
                new Trouble("PASSWORD_MANAGER_OPERATION_IN_PROGRESS", "BAD_REQUEST", message)
                        .reply(status));
    }

    /// The task after one more step, for it moves only when it is looked at.
    synchronized Optional<CredentialTask> poll(String id) {
        var found = tasks.stream().filter(task -> task.id.equals(id)).findFirst();
        found.filter(this::isNext).ifPresent(this::advance);
        return found;
    }

    /// Newest first; does not move them.
    synchronized List<CredentialTask> newestFirst() {
        return List.copyOf(tasks.reversed());
    }

    private boolean isNext(CredentialTask task) {
        return tasks.stream().filter(one -> one.status.isRunning()).findFirst().orElse(null)
                == task;
    }

    private void advance(CredentialTask task) {
        if (task.polls == 0 && !runner.prevalidate(task)) {
            task.end(TaskStatus.FAILED, world.now());
            return;
        }
        task.polls++;
        boolean endless = world.switches().is(Switch.TASK_OUTCOME, "never-ends");
        if (endless || task.polls <= world.switches().number(Switch.TASK_POLLS)) {
            task.status = TaskStatus.IN_PROGRESS;
            task.steps.getFirst().status = TaskStatus.IN_PROGRESS;
            return;
        }
        task.end(runner.run(task), world.now());
        if (task.status.isDone() && task.request.operation().equals("REMEDIATE")) {
            settle(task);
        }
    }

    /// What was inconsistent is remediated.
    private void settle(CredentialTask remedy) {
        tasks.stream()
                .filter(task -> task.status == TaskStatus.INCONSISTENT)
                .filter(task -> task.concerns(remedy.request))
                .forEach(task -> task.status = TaskStatus.USER_CANCELLED);
    }

    /// @throws Refused when it is not stuck
    synchronized CredentialTask retry(CredentialTask task, RotationRequest request) {
        requireStuck(task, "TA_TASK_CAN_NOT_BE_RETRIED", 400);
        task.restart(request, runner.steps(request));
        return task;
    }

    /// The same request again.
    ///
    /// @throws Refused 409 when it is not stuck
    synchronized void retry(CredentialTask task) {
        requireStuck(task, "TA_TASK_CAN_NOT_BE_RETRIED", 409);
        task.restart(task.request, runner.steps(task.request));
    }

    /// @param refusal status when it is not stuck: a running task cannot be stopped
    synchronized CredentialTask cancel(CredentialTask task, int refusal) {
        requireStuck(task, "TA_TASK_CAN_NOT_BE_CANCELLED", refusal);
        task.end(TaskStatus.USER_CANCELLED, world.now());
        return task;
    }

    private static void requireStuck(CredentialTask task, String code, int refusal) {
        if (!task.status.isStuck()) {
            throw new Refused(
                    new Trouble(code, "BAD_REQUEST", "The task is " + task.status + ".")
                            .reply(refusal));
        }
    }

    /// Rotates what is due by the simulator's clock; called before each request.
    synchronized void tick() {
        if (tasks.stream().anyMatch(task -> task.status.isRunning())) {
            return;
        }
        var now = world.now();
        for (var row : world.estate().credentials()) {
            var rotation = row.rotation();
            if (rotation != null && !rotation.next().isAfter(now)) {
                var request = RotationRequest.automatic(row);
                var task =
                        new CredentialTask(
                                world.estate().newId(), true, now, request, runner.steps(request));
                runner.apply(task);
                task.end(TaskStatus.SUCCESSFUL, now);
                tasks.add(task);
            }
        }
    }
}
