package holdfast.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Does the work of a credential task on the estate.
final class StepRunner {
    private static final Duration LIFE = Duration.ofDays(90);

    private final World world;

    StepRunner(World world) {
        this.world = world;
    }

    List<CredentialTask.Step> steps(RotationRequest request) {
        return request.targets().stream().map(target -> step(request.operation(), target)).toList();
    }

    private CredentialTask.Step step(String operation, RotationRequest.Target target) {
        var estate = world.estate();
        var row = target.in(estate);
        var chosen = target.password();
        var fresh =
                switch (operation) {
                    case "ROTATE" -> estate.generatePassword();
                    case "UPDATE_AUTO_ROTATE_POLICY" -> "";
                    default -> chosen == null ? "" : chosen;
                };
        return new CredentialTask.Step(
                estate.newId(),
                target,
                row.map(Credential::id),
                row.map(Credential::password).orElse(""),
                fresh);
    }

    /// Whether every account can be found and logged in to; ends the step that cannot.
    boolean prevalidate(CredentialTask task) {
        if (world.switches().is(Switch.TASK_OUTCOME, "prevalidation-failed")) {
            task.steps.getFirst().end(TaskStatus.FAILED, "Password prevalidation failed.");
            return false;
        }
        for (var step : task.steps) {
            var objection = objection(task.request.operation(), step);
            if (objection.isPresent()) {
                step.end(TaskStatus.FAILED, objection.get());
                return false;
            }
        }
        return true;
    }

    private Optional<String> objection(String operation, CredentialTask.Step step) {
        var row = step.credential.flatMap(world.estate()::find);
        if (row.isEmpty()) {
            return Optional.of(
                    "Entity name %s not found. / Use a valid entity name."
                            .formatted(step.target.resource()));
        }
        var accepted = world.estate().componentPassword(row.get().id());
        return switch (operation) {
            case "REMEDIATE" ->
                    accepted.equals(step.newPassword)
                            ? Optional.empty()
                            : Optional.of("The password is not the one that the component has.");
            case "UPDATE_AUTO_ROTATE_POLICY" -> Optional.empty();
            default -> {
                if (!accepted.equals(row.get().password())) {
                    yield Optional.of("Unable to log in with the stored password.");
                }
                yield row.get().expires().isAfter(world.now())
                        ? Optional.empty()
                        : Optional.of("The password of the component has expired.");
            }
        };
    }

    /// Does all steps, or fails as the switch says.
    TaskStatus run(CredentialTask task) {
        return switch (world.switches().setting(Switch.TASK_OUTCOME)) {
            case "failed" -> fail(task, TaskStatus.FAILED, "The component did not answer.");
            case "timed-out" -> fail(task, TaskStatus.TIMED_OUT, "The task took too long.");
            case "completed-with-warning" -> {
                apply(task);
                yield TaskStatus.WITH_WARNING;
            }
            case "inconsistent" -> {
                var first = task.steps.getFirst();
                if (!first.newPassword.isEmpty()) {
                    first.credential.ifPresent(
                            id -> world.estate().setComponentPassword(id, first.newPassword));
                }
                yield fail(task, TaskStatus.INCONSISTENT, "Dependants could not be updated.");
            }
            default -> {
                apply(task);
                yield TaskStatus.SUCCESSFUL;
            }
        };
    }

    private static TaskStatus fail(CredentialTask task, TaskStatus as, @Nullable String because) {
        task.steps.getFirst().end(as, because);
        return as;
    }

    /// Carries out every step.
    void apply(CredentialTask task) {
        for (var step : task.steps) {
            step.credential.flatMap(world.estate()::find).ifPresent(row -> apply(task, step, row));
            step.end(TaskStatus.SUCCESSFUL, null);
        }
    }

    private void apply(CredentialTask task, CredentialTask.Step step, Credential row) {
        var estate = world.estate();
        var now = world.now();
        if (task.request.operation().equals("UPDATE_AUTO_ROTATE_POLICY")) {
            int days = task.request.days();
            var next = now.plus(Duration.ofDays(days));
            estate.replace(
                    row.id(),
                    known -> known.withRotation(days == 0 ? null : new AutoRotate(days, next)));
            return;
        }
        estate.setPassword(row.id(), step.newPassword);
        if (task.request.operation().equals("REMEDIATE") && row.account().isService()) {
            estate.rotate(row.id());
        }
        estate.replace(row.id(), this::scheduledAgain);
    }

    private Credential scheduledAgain(Credential row) {
        var now = world.now();
        var rotation = row.rotation();
        var later =
                rotation == null
                        ? row
                        : row.withRotation(
                                new AutoRotate(
                                        rotation.days(),
                                        now.plus(Duration.ofDays(rotation.days()))));
        return row.expires().equals(EstatePlan.NEVER) ? later : later.withExpiry(now.plus(LIFE));
    }
}
