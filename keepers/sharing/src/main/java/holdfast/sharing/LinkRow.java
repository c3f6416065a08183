package holdfast.sharing;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.kernel.Bytes;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A link as it is stored.
///
/// @param token SHA-256 of what opens it
record LinkRow(
        TenantId tenant,
        UUID id,
        Bytes token,
        UUID secret,
        String path,
        Links.Terms terms,
        int usesLeft,
        int misses,
        Share.Party by,
        Instant created,
        Optional<Instant> lastUsed,
        Optional<Instant> revoked,
        Optional<Share.Party> revokedBy) {
    /// How often somebody may name another audience.
    static final int MOST_MISSES = 10;

    /// {@return the grant that makes it open}
    Grant grant() {
        var loan =
                new Grant.Loan(
                        by.id().orElseThrow(),
                        Principal.Kind.valueOf(by.kind().name()),
                        Set.of(Action.REVEAL_SECRET),
                        path,
                        Optional.of(terms.expires()));
        return Grant.lent(id, new Grant.Subject.One(id, Principal.Kind.LINK), loan, created);
    }

    Link shown(Instant now) {
        return new Link(
                id,
                secret,
                status(now),
                terms.uses(),
                usesLeft,
                terms.audience(),
                terms.addresses(),
                terms.note(),
                by,
                created,
                terms.expires(),
                lastUsed,
                revoked,
                revokedBy);
    }

    private Link.Status status(Instant now) {
        if (revoked.isPresent()) {
            return Link.Status.REVOKED;
        }
        if (usesLeft == 0) {
            return Link.Status.USED_UP;
        }
        if (!now.isBefore(terms.expires())) {
            return Link.Status.EXPIRED;
        }
        return misses >= MOST_MISSES ? Link.Status.LOCKED : Link.Status.ACTIVE;
    }
}
