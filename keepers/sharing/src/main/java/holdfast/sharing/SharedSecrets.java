package holdfast.sharing;

import holdfast.access.Action;
import holdfast.access.Scope;
import holdfast.secret.Change;
import holdfast.secret.Content;
import holdfast.secret.Secret;
import holdfast.vault.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Secrets that other tenants share with the caller's. Safe to call from many threads.
///
/// The permit enters the owner's tenant: its rules, quotas and ledger hold. The caller's own tenant decides which of its
/// people come so far, and its ledger tells in the same transaction. Each method takes a scope of the action in its
/// comment, and throws NOT_FOUND for a share that is none of theirs or does not hold, NOT_PERMITTED for what is not
/// shared, and what [Secrets] throws.
public interface SharedSecrets {
    /// READ_SECRET.
    Shown read(Scope scope, UUID share);

    /// {@return what is kept, newest first, without values}. READ_SECRET.
    List<Version> versions(Scope scope, UUID share);

    /// REVEAL_SECRET.
    Secrets.Opened open(Scope scope, UUID share, Secrets.Use use);

    /// WRITE_SECRET.
    ///
    /// @param expected version of the secret
    Shown put(Scope scope, UUID share, Secrets.NewValue value, int expected);

    /// WRITE_SECRET.
    Shown change(Scope scope, UUID share, Change change, int expected);

    /// WRITE_SECRET.
    Shown rollBack(Scope scope, UUID share, int to, String why, int expected);

    /// DELETE_SECRET.
    Shown delete(Scope scope, UUID share, int expected);

    /// DELETE_SECRET.
    Shown undelete(Scope scope, UUID share);

    /// DELETE_SECRET.
    void destroy(Scope scope, UUID share);

    /// Shares it further, with a third tenant. SHARE_SECRET.
    Share pass(Scope scope, UUID share, Shares.Offer offer);

    /// A secret as another tenant sees it: nothing of the people of its owner.
    ///
    /// @param version also its entity tag
    /// @param allows  what the share comes to now
    record Shown(
            UUID share,
            Share.Owner tenant,
            String service,
            String account,
            Secret.State state,
            int version,
            Content.Kind kind,
            int size,
            String notes,
            List<String> tags,
            Map<String, Object> metadata,
            Optional<Instant> expires,
            boolean expired,
            Instant changed,
            Optional<Instant> destroys,
            Set<Action> allows) {
        public Shown {
            tags = List.copyOf(tags);
            metadata = Map.copyOf(metadata);
            allows = Set.copyOf(allows);
        }
    }

    /// One state of it that is kept.
    record Version(
            int version,
            Secret.Origin origin,
            Content.Kind kind,
            int size,
            boolean sameValueAsBefore,
            Instant made,
            boolean active) {}
}
