package holdfast.access;

import holdfast.kernel.Principal;
import holdfast.tenancy.Metadata;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A right, or its denial, on some paths: beside the roles, which hold for the whole tenant.
///
/// @param subject who holds it
/// @param effect  a denial wins over every right, however it was given
/// @param actions what it is about, at least one; whoever is denied to see a value is denied to export it
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
        Principal.Kind grantedByKind,
        Optional<Instant> expires,
        Metadata metadata) {
    public Grant {
        actions = Set.copyOf(actions);
    }

    /// A grant by a person, with nothing noted beside it.
    public Grant(
            UUID id,
            Subject subject,
            Effect effect,
            Set<Action> actions,
            PathPattern pattern,
            Instant granted,
            UUID grantedBy,
            Optional<Instant> expires) {
        this(
                id,
                subject,
                effect,
                actions,
                pattern,
                granted,
                grantedBy,
                Principal.Kind.USER,
                expires,
                Metadata.NONE);
    }

    public enum Effect {
        ALLOW,
        DENY
    }

    /// Who holds a grant.
    public sealed interface Subject {
        /// A person, machine or service.
        record One(UUID principal, Principal.Kind kind) implements Subject {
            public One(UUID principal) {
                this(principal, Principal.Kind.USER);
            }
        }

        /// Everybody who has the role.
        ///
        /// @param role its name
        record Holders(String role) implements Subject {
            public Holders(Role role) {
                this(role.name());
            }
        }
    }

    /// {@return whether it says anything about `action` on `path` at `now`}
    boolean covers(Action action, String path, Instant now) {
        return speaksOf(action, now) && pattern.matches(path);
    }

    boolean speaksOf(Action action, Instant now) {
        boolean named =
                actions.contains(action)
                        || (effect == Effect.DENY
                                && action.shown().filter(actions::contains).isPresent());
        return named && expires.filter(end -> !now.isBefore(end)).isEmpty();
    }
}
