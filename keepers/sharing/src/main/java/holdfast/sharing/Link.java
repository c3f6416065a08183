package holdfast.sharing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A temporary link to one secret, without the part that opens it: that is kept nowhere.
///
/// @param audience  what whoever opens it must call themselves; empty for anybody
/// @param addresses ranges it may be opened from; empty for any
public record Link(
        UUID id,
        UUID secret,
        Status status,
        int uses,
        int usesLeft,
        String audience,
        List<String> addresses,
        String note,
        Share.Party sharedBy,
        Instant created,
        Instant expires,
        Optional<Instant> lastUsed,
        Optional<Instant> revoked,
        Optional<Share.Party> revokedBy) {
    public Link {
        addresses = List.copyOf(addresses);
    }

    /// Where a link is in its life.
    public enum Status {
        ACTIVE,
        USED_UP,
        EXPIRED,
        REVOKED,
        /// Too many named another audience.
        LOCKED
    }
}
