package holdfast.sharing;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.kernel.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A secret that somebody shares with somebody.
///
/// @param tenant  the secret's
/// @param allows  what it comes to now: nothing unless it is active, less than its level where the giver holds less
/// @param version of the record; also its entity tag
public record Share(
        UUID id,
        Owner tenant,
        UUID secret,
        String service,
        String account,
        Level permission,
        State status,
        Party sharedBy,
        Party sharedWith,
        Instant created,
        Optional<Instant> accepted,
        Optional<Instant> expires,
        Optional<Instant> revoked,
        Optional<Party> revokedBy,
        Map<String, String> metadata,
        Set<Action> allows,
        int version) {
    public Share {
        metadata = Map.copyOf(metadata);
        allows = Set.copyOf(allows);
    }

    /// @param name told where it is another's than the caller's own
    public record Owner(UUID id, Optional<String> name) {}

    /// Somebody a share is by or with.
    ///
    /// @param id   empty for a role
    /// @param name of a role; of others when the share was made; empty for a tenant
    public record Party(Kind kind, Optional<UUID> id, String name) {
        /// {@return who gives by a right that was lent to a tenant: the tenant}
        static Party of(Permit permit) {
            return permit.home()
                    .map(home -> new Party(Kind.TENANT, Optional.of(home.value()), ""))
                    .orElseGet(() -> of(permit.principal()));
        }

        static Party of(Principal principal) {
            return new Party(
                    Kind.valueOf(principal.kind().name()),
                    Optional.of(principal.id()),
                    principal.name());
        }
    }

    /// What a party is.
    public enum Kind {
        USER,
        MACHINE,
        SERVICE,
        ROLE,
        TENANT
    }

    /// Where a share is in its life.
    public enum State {
        ACTIVE,
        /// Another tenant has not accepted it yet.
        PENDING,
        EXPIRED,
        REVOKED
    }
}
