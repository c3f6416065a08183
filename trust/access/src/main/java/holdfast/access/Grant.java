package holdfast.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A right, or its denial, on some paths: beside the roles, which hold for the whole tenant.
///
/// @param subject who holds it
/// @param effect  a denial wins over every right, however it was given
/// @param actions what it is about, at least one
/// @param pattern where
/// @param expires from then on it is as if it did not exist
public record Grant(
        UUID id,
        Subject subject,
        Effect effect,
        Set<Action> actions,
        PathPattern pattern,
        Instant granted,
        UUID grantedBy,
        Optional<Instant> expires) {
    public Grant {
        actions = Set.copyOf(actions);
    }

    public enum Effect {
        ALLOW,
        DENY
    }

    /// Who holds a grant.
    public sealed interface Subject {
        /// A person, machine or service.
        record One(UUID principal) implements Subject {}

        /// Everybody who has the role.
        record Holders(Role role) implements Subject {}
    }

    /// {@return whether it says anything about `action` on `path` at `now`}
    boolean covers(Action action, String path, Instant now) {
        return speaksOf(action, now) && pattern.matches(path);
    }

    boolean speaksOf(Action action, Instant now) {
        return actions.contains(action) && expires.filter(end -> !now.isBefore(end)).isEmpty();
    }

    boolean isHeldBy(UUID principal, Set<Role> roles) {
        return switch (subject) {
            case Subject.One(var id) -> id.equals(principal);
            case Subject.Holders(var role) -> roles.contains(role);
        };
    }
}
