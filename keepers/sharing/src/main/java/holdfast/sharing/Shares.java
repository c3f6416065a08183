package holdfast.sharing;

import holdfast.access.Permit;
import holdfast.access.Scope;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.tenancy.Metadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Keeps who shares which secret with whom. Safe to call from many threads.
///
/// A share never allows more than its giver may at the moment of use, and holds or ends with the next request.
public interface Shares {
    /// Shares a secret.
    ///
    /// @param share SHARE_SECRET on the path
    /// @param read  READ_SECRET on the path
    /// @throws holdfast.kernel.Refusal INVALID, NOT_PERMITTED for more than the giver holds, NOT_FOUND, CONFLICT
    Share give(Permit share, Permit read, UUID secret, Offer offer);

    /// {@return one window of what is shared of one secret}
    ///
    /// @param share SHARE_SECRET on the path
    Listing ofSecret(Permit share, UUID secret, ShareQuery query);

    /// {@return one window of what the caller gave or received, and of what their tenant received or passed on}
    ///
    /// @param scope READ_SECRET
    Listing list(Scope scope, Direction direction, ShareQuery query);

    /// {@return one window of every share of the tenant's secrets}
    ///
    /// @param permit READ_ACCESS on [holdfast.access.Explanations#RESOURCE]
    Listing all(Permit permit, ShareQuery query);

    /// {@return how many there are by giver, receiver, permission and state}
    ///
    /// @param scope READ_SECRET
    Statistics statistics(Scope scope, Direction direction);

    /// Changes permission or end of a share.
    ///
    /// @param scope SHARE_SECRET; the caller must have given it, or their tenant passed it on
    /// @throws holdfast.kernel.Refusal NOT_FOUND, VERSION_CONFLICT, NOT_PERMITTED, CONFLICT unless it is active or pending
    Share change(Scope scope, UUID id, Terms terms, int expected);

    /// Takes a share back.
    ///
    /// @param scope SHARE_SECRET; the caller must have given it, or their tenant have passed it on
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    void revoke(Scope scope, UUID id);

    /// Takes back a share that somebody else gave.
    ///
    /// @param permit MANAGE_ACCESS on [holdfast.access.Explanations#RESOURCE]
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    void revoke(Permit permit, UUID id);

    /// Accepts what another tenant offers; refusing it takes it back.
    ///
    /// @param permit MANAGE_ACCESS on [holdfast.access.Explanations#RESOURCE]
    /// @throws holdfast.kernel.Refusal NOT_FOUND, CONFLICT unless it is pending
    Share answer(Permit permit, UUID id, boolean accept);

    /// @param with whom
    record Offer(Receiver with, Terms terms, Metadata metadata) {}

    /// How much, and until when.
    record Terms(Level permission, Optional<Instant> expires) {}

    /// Whom a share is with, as somebody names them.
    sealed interface Receiver {
        /// @param kind USER or MACHINE
        record Named(Principal.Kind kind, String username) implements Receiver {}

        /// @param kind USER or MACHINE
        record One(Principal.Kind kind, UUID id) implements Receiver {}

        record Holders(String role) implements Receiver {}

        /// Whether there is such a tenant is not told.
        record Tenant(TenantId id) implements Receiver {}
    }

    /// Which side of a share the caller is on.
    enum Direction {
        GIVEN,
        RECEIVED
    }

    /// @param next cursor of the following window
    record Listing(List<Share> items, Optional<String> next, long total) {
        public Listing {
            items = List.copyOf(items);
        }
    }

    /// @param givers    the 20 with most shares
    /// @param receivers the 20 with most shares
    record Statistics(
            Map<String, Long> permissions,
            Map<String, Long> states,
            List<Count> givers,
            List<Count> receivers) {
        public Statistics {
            permissions = Map.copyOf(permissions);
            states = Map.copyOf(states);
            givers = List.copyOf(givers);
            receivers = List.copyOf(receivers);
        }
    }

    record Count(Share.Party party, long shares) {}
}
