package holdfast.secret;

import holdfast.kernel.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A secret as its readers see it, without its value.
///
/// @param version   of the state that is shown; also its entity tag
/// @param size      bytes of the value
/// @param destroys  when a deleted one goes for good
/// @param expired whether its end has come
public record Secret(
        UUID id,
        String service,
        String account,
        State state,
        int version,
        Content.Kind kind,
        int size,
        String notes,
        List<String> tags,
        Map<String, Object> metadata,
        Optional<Instant> expires,
        boolean expired,
        Upkeep.OnExpiry onExpiry,
        int keepVersions,
        Optional<Integer> keepDays,
        Instant created,
        Author createdBy,
        Instant changed,
        Author changedBy,
        Optional<Instant> deleted,
        Optional<Instant> destroys) {
    /// Where a secret is in its life.
    public enum State {
        ACTIVE,
        /// Expired and out of the lists; it opens all the same.
        ARCHIVED,
        /// It opens no more, and can be undeleted for a while.
        DELETED
    }

    /// Who did something.
    public record Author(UUID id, Principal.Kind kind, String name) {
        public static Author of(Principal principal) {
            return new Author(principal.id(), principal.kind(), principal.name());
        }
    }

    /// One state of a secret that is kept.
    ///
    /// @param source the version it was copied from, after a rollback
    /// @param change what its author said about it
    /// @param active whether it is the one that is read
    public record Version(
            int version,
            Origin origin,
            Optional<Integer> source,
            String change,
            Content.Kind kind,
            int size,
            boolean sameValueAsBefore,
            Instant made,
            Author madeBy,
            boolean active) {}

    /// How a version came to be.
    public enum Origin {
        CREATED,
        /// A new value.
        VALUE,
        /// The value of the version before, with other details.
        DETAILS,
        ROLLBACK
    }
}
