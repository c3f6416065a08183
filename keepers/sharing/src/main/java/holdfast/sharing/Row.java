package holdfast.sharing;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.tenancy.Metadata;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A share as it is stored.
///
/// @param received what the receiving tenant's policy calls it; empty unless it is with a tenant
record Row(
        TenantId tenant,
        UUID id,
        UUID secret,
        Place place,
        Level level,
        Share.Party with,
        String received,
        Share.Party by,
        Instant created,
        Optional<Instant> accepted,
        Optional<Instant> expires,
        Optional<Instant> revoked,
        Optional<Share.Party> revokedBy,
        Metadata metadata,
        int version) {
    /// @param path as policy names it
    record Place(String path, String service, String account) {}

    String path() {
        return place.path();
    }

    Share.State state(Instant now) {
        if (revoked.isPresent()) {
            return Share.State.REVOKED;
        }
        if (expires.filter(end -> !now.isBefore(end)).isPresent()) {
            return Share.State.EXPIRED;
        }
        return isForeign() && accepted.isEmpty() ? Share.State.PENDING : Share.State.ACTIVE;
    }

    /// {@return whether it is with another tenant}
    boolean isForeign() {
        return with.kind() == Share.Kind.TENANT;
    }

    /// {@return the tenant it is with, when it is with one}
    Optional<TenantId> other() {
        return isForeign() ? with.id().map(TenantId::new) : Optional.empty();
    }

    /// {@return the tenant that passes on what was lent to it, when that is who shares}
    Optional<TenantId> passedBy() {
        return by.kind() == Share.Kind.TENANT ? by.id().map(TenantId::new) : Optional.empty();
    }

    Row on(Level other, Optional<Instant> end) {
        return new Row(
                tenant,
                id,
                secret,
                place,
                other,
                with,
                received,
                by,
                created,
                accepted,
                end,
                revoked,
                revokedBy,
                metadata,
                version + 1);
    }

    /// {@return the grant that makes it hold}
    Grant grant(Instant now) {
        Grant.Subject subject =
                with.kind() == Share.Kind.ROLE
                        ? new Grant.Subject.Holders(with.name())
                        : new Grant.Subject.One(
                                with.id().orElseThrow(),
                                Principal.Kind.valueOf(with.kind().name()));
        var loan =
                new Grant.Loan(
                        by.id().orElseThrow(),
                        Principal.Kind.valueOf(by.kind().name()),
                        level.actions(),
                        path(),
                        expires);
        return Grant.lent(id, subject, loan, now);
    }

    Share shown(Instant now, Set<Action> allows, Optional<String> tenantName) {
        return new Share(
                id,
                new Share.Owner(tenant.value(), tenantName),
                secret,
                place.service(),
                place.account(),
                level,
                state(now),
                by,
                with,
                created,
                accepted,
                expires,
                revoked,
                revokedBy,
                metadata.entries(),
                allows,
                version);
    }
}
