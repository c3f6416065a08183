package holdfast.access;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What one principal may do: roles for the whole tenant, grants for paths, a denial above both.
///
/// The effective right on a path is roles ∪ grants, less every denial that covers it; who gave it and on how wide a
/// pattern does not matter for the decision, only for its explanation, which names the narrowest.
final class Rights {
    private final Set<Role> roles;
    private final List<Grant> grants; // narrowest first

    private Rights(Set<Role> roles, List<Grant> grants) {
        this.roles = roles;
        this.grants = grants;
    }

    static Rights of(UUID principal, Set<Role> roles, List<Grant> all) {
        var held =
                all.stream()
                        .filter(grant -> grant.isHeldBy(principal, roles))
                        .sorted(comparing(Grant::pattern, PathPattern.NARROWEST))
                        .toList();
        return new Rights(Set.copyOf(roles), held);
    }

    boolean allows(Action action, String path, Instant now) {
        return decide(action, path, now).isAllowed();
    }

    /// {@return the decision with what made it}
    Verdict decide(Action action, String path, Instant now) {
        Optional<Grant> allowing = Optional.empty();
        for (var grant : grants) {
            if (grant.covers(action, path, now)) {
                if (grant.effect() == Grant.Effect.DENY) {
                    return new Verdict.Denied(grant);
                }
                allowing = allowing.or(() -> Optional.of(grant));
            }
        }
        return allowing.<Verdict>map(Verdict.Granted::new)
                .or(() -> byRole(action).map(Verdict.ByRole::new))
                .orElse(new Verdict.Nothing());
    }

    /// {@return the set of paths on which `action` is allowed}
    PathSet paths(Action action, Instant now) {
        var current = grants.stream().filter(grant -> grant.speaksOf(action, now)).toList();
        return new PathSet(
                byRole(action).isPresent()
                        ? List.of(new PathPattern("**"))
                        : patterns(current, Grant.Effect.ALLOW),
                patterns(current, Grant.Effect.DENY));
    }

    private Optional<Role> byRole(Action action) {
        return roles.stream().filter(role -> role.actions().contains(action)).sorted().findFirst();
    }

    private static List<PathPattern> patterns(List<Grant> grants, Grant.Effect effect) {
        return grants.stream()
                .filter(grant -> grant.effect() == effect)
                .map(Grant::pattern)
                .distinct()
                .toList();
    }

    /// Why something is allowed or not.
    sealed interface Verdict {
        /// A denial covers the path.
        record Denied(Grant grant) implements Verdict {}

        record Granted(Grant grant) implements Verdict {}

        record ByRole(Role role) implements Verdict {}

        /// Neither role nor grant speaks of it.
        record Nothing() implements Verdict {}

        default boolean isAllowed() {
            return switch (this) {
                case Granted _, ByRole _ -> true;
                case Denied _, Nothing _ -> false;
            };
        }
    }
}
