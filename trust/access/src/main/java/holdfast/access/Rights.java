package holdfast.access;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What one principal may do: roles for the whole tenant, grants for paths, a denial above both.
///
/// The effective right on a path is roles ∪ grants, less every denial that covers it; who gave it and on how wide a
/// pattern does not matter for the decision, only for its explanation, which names the narrowest.
final class Rights {
    private final List<Held> roles; // strongest first
    private final List<Grant> grants; // those that may be the principal's, narrowest first
    private final UUID principal;
    private final Map<Action, Compiled> compiled = new ConcurrentHashMap<>();

    private Rights(UUID principal, List<Held> roles, List<Grant> grants) {
        this.principal = principal;
        this.roles = roles;
        this.grants = grants;
    }

    static Rights of(UUID principal, List<Held> roles, List<Grant> all) {
        var strongest = roles.stream().sorted(comparing(Held::role, Role.STRONGEST)).toList();
        var possible =
                all.stream()
                        .filter(grant -> concerns(grant, principal, strongest))
                        .sorted(comparing(Grant::pattern, PathPattern.NARROWEST))
                        .toList();
        return new Rights(principal, strongest, possible);
    }

    boolean allows(Action action, String path, Instant now) {
        return decide(action, path, now).isAllowed();
    }

    /// {@return the decision with what made it}
    Verdict decide(Action action, String path, Instant now) {
        Optional<Grant> allowing = Optional.empty();
        for (var grant : grants) {
            if (grant.covers(action, path, now) && isHeld(grant, now)) {
                if (grant.effect() == Grant.Effect.DENY) {
                    return new Verdict.Denied(grant);
                }
                allowing = allowing.or(() -> Optional.of(grant));
            }
        }
        return allowing.<Verdict>map(Verdict.Granted::new)
                .or(() -> byRole(action, now).map(Verdict.ByRole::new))
                .orElse(new Verdict.Nothing());
    }

    /// {@return the set of paths on which `action` is allowed; worked out once, until something ends}
    PathSet paths(Action action, Instant now) {
        var known = compiled.get(action);
        if (known == null || !known.holds(now)) {
            known = new Compiled(worked(action, now), now, nextEnd(now));
            compiled.put(action, known);
        }
        return known.paths();
    }

    /// {@return when the next of all grants and roles ends}
    private Instant nextEnd(Instant now) {
        return Stream.concat(
                        grants.stream().flatMap(grant -> grant.expires().stream()),
                        roles.stream().flatMap(held -> held.until().stream()))
                .filter(end -> end.isAfter(now))
                .min(naturalOrder())
                .orElse(Instant.MAX);
    }

    private PathSet worked(Action action, Instant now) {
        var current =
                grants.stream()
                        .filter(grant -> grant.speaksOf(action, now) && isHeld(grant, now))
                        .toList();
        return new PathSet(
                byRole(action, now).isPresent()
                        ? List.of(PathSet.EVERYTHING)
                        : patterns(current, Grant.Effect.ALLOW),
                patterns(current, Grant.Effect.DENY));
    }

    /// {@return whether a role, now in force, allows the action on more than the holder's own}
    boolean reachesAll(Action action, Instant now) {
        return inForce(now).stream().anyMatch(role -> role.reachesAll(action));
    }

    /// {@return the roles in force, strongest first}
    List<Role> inForce(Instant now) {
        return roles.stream().filter(held -> held.holds(now)).map(Held::role).toList();
    }

    private Optional<Role> byRole(Action action, Instant now) {
        for (var held : roles) {
            if (held.holds(now) && held.role().actions().contains(action)) {
                return Optional.of(held.role());
            }
        }
        return Optional.empty();
    }

    private static boolean concerns(Grant grant, UUID principal, List<Held> roles) {
        return switch (grant.subject()) {
            case Grant.Subject.One(var id, _) -> id.equals(principal);
            case Grant.Subject.Holders(var name) ->
                    roles.stream().anyMatch(held -> held.role().name().equals(name));
        };
    }

    private boolean isHeld(Grant grant, Instant now) {
        return switch (grant.subject()) {
            case Grant.Subject.One(var id, _) -> id.equals(principal);
            case Grant.Subject.Holders(var name) ->
                    roles.stream()
                            .anyMatch(held -> held.role().name().equals(name) && held.holds(now));
        };
    }

    private static List<PathPattern> patterns(List<Grant> grants, Grant.Effect effect) {
        return grants.stream()
                .filter(grant -> grant.effect() == effect)
                .map(Grant::pattern)
                .distinct()
                .toList();
    }

    /// A set of paths, and while what it was made of neither ends nor was ended.
    private record Compiled(PathSet paths, Instant from, Instant until) {
        boolean holds(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    /// A role that somebody has, for a while or for good.
    record Held(Role role, Optional<Instant> until) {
        boolean holds(Instant now) {
            return until.filter(end -> !now.isBefore(end)).isEmpty();
        }
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
