package holdfast.sharing;

import holdfast.access.Permit;
import holdfast.access.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Keeps temporary links. Whoever holds one sees the value, as long as its maker might show it. Safe for many threads.
public interface Links {
    /// Makes a link; only this answer carries what opens it.
    ///
    /// @param share SHARE_SECRET on the path
    /// @param reveal REVEAL_SECRET on the path
    /// @throws holdfast.kernel.Refusal INVALID, NOT_FOUND, NOT_PERMITTED, CONFLICT
    Made make(Permit share, Permit reveal, UUID secret, Terms terms);

    /// {@return the links of a secret, newest first}
    ///
    /// @param share SHARE_SECRET on the path
    List<Link> ofSecret(Permit share, UUID secret);

    /// Takes a link back.
    ///
    /// @param scope SHARE_SECRET; the caller must have made it
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    void revoke(Scope scope, UUID id);

    /// Takes back a link that somebody else made.
    ///
    /// @param permit MANAGE_ACCESS on [holdfast.access.Explanations#RESOURCE]
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    void revoke(Permit permit, UUID id);

    /// @param token `hfl_` and 43 characters of base64url: 256 random bits
    record Made(Link link, String token) {
        @Override
        public String toString() {
            return "Made[" + link.id() + "]";
        }
    }

    /// @param uses      1 to 1,000
    /// @param expires   within 30 days
    /// @param audience  at most 200 characters; empty for anybody
    /// @param addresses at most 20 ranges
    /// @param note      for whoever made it, at most 200 characters
    record Terms(int uses, Instant expires, String audience, List<String> addresses, String note) {
        public Terms {
            addresses = List.copyOf(addresses);
        }
    }
}
