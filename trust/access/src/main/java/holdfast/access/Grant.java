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
/// @param lent    whether it is part of its giver's own right: it allows what the giver may do and share, no more, and
///                ends when the giver loses that
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
        Metadata metadata,
        boolean lent) {
    public Grant {
        actions = Set.copyOf(actions);
    }

    /// A grant that stands by itself.
    public Grant(
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
        this(
                id,
                subject,
                effect,
                actions,
                pattern,
                granted,
                grantedBy,
                grantedByKind,
                expires,
                metadata,
                false);
    }

    /// Part of the giver's own right on one thing.
    public static Grant lent(UUID id, Subject subject, Loan loan, Instant granted) {
        return new Grant(
                id,
                subject,
                Effect.ALLOW,
                loan.actions(),
                PathPattern.exactly(loan.path()),
                granted,
                loan.giver(),
                loan.giverKind(),
                loan.expires(),
                Metadata.NONE,
                true);
    }

    /// What somebody lends.
    public record Loan(
            UUID giver,
            Principal.Kind giverKind,
            Set<Action> actions,
            String path,
            Optional<Instant> expires) {
        public Loan {
            actions = Set.copyOf(actions);
        }
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
        /// A person, machine, service or link, or everybody of another tenant.
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

    /// {@return the same with other actions}
    Grant of(Set<Action> other) {
        return new Grant(
                id,
                subject,
                effect,
                other,
                pattern,
                granted,
                grantedBy,
                grantedByKind,
                expires,
                metadata,
                lent);
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
