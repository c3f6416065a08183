package holdfast.kernel;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What a sign-in proves beyond who somebody is: how fresh it is, and what it was narrowed to.
///
/// @param confirmed when the password was last given in this session; empty for tokens and services
/// @param only      names of the only actions that a token may use; empty when it was not narrowed
public record Standing(Optional<Instant> confirmed, Optional<Set<String>> only) {
    /// Nothing beyond the name: services, jobs, nobody.
    public static final Standing PLAIN = new Standing(Optional.empty(), Optional.empty());

    public Standing {
        only = only.map(Set::copyOf);
    }

    /// A session whose password was given at `confirmed`.
    public static Standing ofSession(Instant confirmed) {
        return new Standing(Optional.of(confirmed), Optional.empty());
    }

    /// A token that may use `only` these actions.
    public static Standing ofToken(Set<String> only) {
        return new Standing(Optional.empty(), Optional.of(only));
    }
}
