package holdfast.keys;

import holdfast.kernel.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A key as its readers see it.
///
/// @param version              the newest, which works unless another is named
/// @param minDecryptionVersion older versions neither decrypt nor verify
/// @param minEncryptionVersion older versions neither encrypt nor sign; 0 for the newest only
/// @param deletionAllowed      whether it can be destroyed
/// @param operations           what it can do
/// @param publicKey            of the newest version of a pair, PEM (RFC 7468 §13)
/// @param revision             moves with every change; its entity tag
public record Key(
        UUID id,
        String name,
        KeyType type,
        State state,
        int version,
        int minDecryptionVersion,
        int minEncryptionVersion,
        boolean deletionAllowed,
        Set<Operation> operations,
        Optional<String> publicKey,
        int revision,
        Instant created,
        Author createdBy,
        Instant changed) {
    /// Whether it works.
    public enum State {
        ENABLED,
        /// It does nothing until it is enabled again.
        DISABLED
    }

    /// Who did something.
    public record Author(UUID id, Principal.Kind kind, String name) {
        static Author of(Principal principal) {
            return new Author(principal.id(), principal.kind(), principal.name());
        }
    }

    /// One version.
    ///
    /// @param publicKey of a pair, PEM
    /// @param destroyed when it was; what it made opens no more
    public record Version(
            int version, Instant made, Optional<String> publicKey, Optional<Instant> destroyed) {}

    /// A window of a list.
    public record Listing(List<Key> items, Optional<String> next, Optional<Long> total) {}
}
