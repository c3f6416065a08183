package holdfast.access;

import holdfast.kernel.Principal;
import java.util.Optional;
import java.util.UUID;

/// Why somebody may, or may not.
///
/// @param kind            what sort of thing the principal is; empty where no role and no grant names it
/// @param role            what allows it, for ROLE
/// @param grant           what allows or forbids it; left out where the asker may not know of it
/// @param ownOnly         whether it reaches the principal's own things only
/// @param asksForPassword whether the password must have been given shortly before
public record Explanation(
        UUID principal,
        Optional<Principal.Kind> kind,
        Action action,
        String resource,
        boolean allowed,
        Reason reason,
        Optional<Role> role,
        Optional<Grant> grant,
        boolean ownOnly,
        boolean asksForPassword) {
    /// What made the decision.
    public enum Reason {
        DENIED,
        GRANTED,
        ROLE,
        NOTHING,
        /// The action reaches beyond one tenant and this is not the tenant that the server came with.
        ELSEWHERE
    }

    /// {@return the same in words}
    public String sentence() {
        var limits =
                (ownOnly ? " It reaches own things only." : "")
                        + (asksForPassword && allowed
                                ? " The password must have been given within five minutes."
                                : "");
        return switch (reason) {
            case DENIED ->
                    "A denial%s covers this, and a denial wins over every role and grant."
                            .formatted(on());
            case GRANTED ->
                    "%s%s allows it%s.%s"
                            .formatted(
                                    grant.filter(Grant::lent).isPresent() ? "A share" : "A grant",
                                    on(),
                                    until(),
                                    limits);
            case ROLE ->
                    "The role %s allows it everywhere.%s"
                            .formatted(role.map(Role::name).orElse(""), limits);
            case NOTHING -> "No role and no grant allows it.";
            case ELSEWHERE -> "It reaches beyond one tenant, so nobody in this tenant may.";
        };
    }

    private String on() {
        return grant.map(one -> " on " + one.pattern()).orElse("");
    }

    private String until() {
        return grant.flatMap(Grant::expires).map(end -> " until " + end).orElse("");
    }

    /// {@return the same for somebody who may know of no denial}
    Explanation forTheDenied() {
        return reason == Reason.DENIED
                ? new Explanation(
                        principal,
                        kind,
                        action,
                        resource,
                        allowed,
                        reason,
                        role,
                        Optional.empty(),
                        ownOnly,
                        asksForPassword)
                : this;
    }
}
