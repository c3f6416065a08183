package holdfast.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One change of credentials on its way. Guarded by the lock of [Rotations], which alone changes it.
final class CredentialTask {
    /// One account of a task.
    static final class Step {
        final String id;
        final RotationRequest.Target target;
        final Optional<String> credential;
        final String oldPassword;
        final String newPassword;
        TaskStatus status = TaskStatus.PENDING;
        @Nullable String error;

        /// @param credential  id of the row; empty when no row is named so
        /// @param oldPassword empty when there is none
        /// @param newPassword empty when none is set
        Step(
                String id,
                RotationRequest.Target target,
                Optional<String> credential,
                String oldPassword,
                String newPassword) {
            this.id = id;
            this.target = target;
            this.credential = credential;
            this.oldPassword = oldPassword;
            this.newPassword = newPassword;
        }

        void end(TaskStatus as, @Nullable String because) {
            status = as;
            error = because;
        }
    }

    final String id;
    final boolean auto;
    final Instant created;
    RotationRequest request;
    List<Step> steps;
    TaskStatus status = TaskStatus.PENDING;
    int polls;
    @Nullable Instant completed;

    CredentialTask(
            String id, boolean auto, Instant created, RotationRequest request, List<Step> steps) {
        this.id = id;
        this.auto = auto;
        this.created = created;
        this.request = request;
        this.steps = List.copyOf(steps);
    }

    void restart(RotationRequest with, List<Step> other) {
        request = with;
        steps = List.copyOf(other);
        status = TaskStatus.PENDING;
        polls = 0;
        completed = null;
    }

    void end(TaskStatus as, Instant at) {
        status = as;
        completed = at;
    }

    boolean concerns(RotationRequest other) {
        return steps.stream()
                .anyMatch(step ->
                        other.targets().stream().anyMatch(target -> isSame(step.target, target)));
    }

    private static boolean isSame(RotationRequest.Target one, RotationRequest.Target other) {
        return one.resource().equals(other.resource()) && one.username().equals(other.username());
    }
}
