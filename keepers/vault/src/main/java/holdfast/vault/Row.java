package holdfast.vault;

import holdfast.kernel.Bytes;
import holdfast.kernel.Principal;
import holdfast.secret.Content;
import holdfast.secret.Details;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.Upkeep;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A secret as it is stored, without its value.
///
/// @param destroys when a deleted one goes for good
record Row(
        UUID id,
        SecretName name,
        Secret.State state,
        int version,
        Shape shape,
        Details details,
        Upkeep upkeep,
        Stamp created,
        Stamp changed,
        Optional<Instant> deleted,
        Optional<Instant> destroys) {
    /// What can be said of a value without opening it.
    record Shape(Content.Kind kind, int size) {
        static Shape of(Content content) {
            return new Shape(content.kind(), content.bytes().length());
        }
    }

    /// When, and by whom.
    record Stamp(Instant at, Secret.Author by) {
        static Stamp of(Instant at, Principal principal) {
            return new Stamp(at, Secret.Author.of(principal));
        }
    }

    /// One version as it is stored.
    ///
    /// @param epoch  of the tenant key that `sealed` was made with
    /// @param mark   HMAC of the value under the tenant's key, for equality without the value
    /// @param source the version it was copied from
    record Version(
            UUID secret,
            int version,
            Bytes sealed,
            int epoch,
            Bytes mark,
            Shape shape,
            Details details,
            Secret.Origin origin,
            Optional<Integer> source,
            String change,
            Stamp made) {}

    /// {@return the same secret with what its next version says}
    Row next(Version version, Upkeep next) {
        return new Row(
                id,
                name,
                Secret.State.ACTIVE, // what changes is in use again
                version.version(),
                version.shape(),
                version.details(),
                next,
                created,
                version.made(),
                deleted,
                destroys);
    }

    boolean isDeleted() {
        return state == Secret.State.DELETED;
    }

    Secret shown(Instant now) {
        return new Secret(
                id,
                name.service(),
                name.account(),
                state,
                version,
                shape.kind(),
                shape.size(),
                details.notes(),
                details.tags(),
                details.metadata(),
                upkeep.expires(),
                upkeep.expires().filter(end -> !now.isBefore(end)).isPresent(),
                upkeep.onExpiry(),
                upkeep.keepVersions(),
                upkeep.keepDays(),
                created.at(),
                created.by(),
                changed.at(),
                changed.by(),
                deleted,
                destroys);
    }
}
