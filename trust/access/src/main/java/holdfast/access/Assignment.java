package holdfast.access;

import holdfast.kernel.Principal;
import holdfast.tenancy.Metadata;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// That somebody has a role in a tenant. Whoever has one belongs to the tenant.
///
/// @param kind    USER, MACHINE or SERVICE
/// @param role    its name
/// @param expires from then on it is as if it did not exist
public record Assignment(
        UUID principal,
        Principal.Kind kind,
        String role,
        Instant granted,
        UUID grantedBy,
        Principal.Kind grantedByKind,
        Optional<Instant> expires,
        Metadata metadata) {
    boolean holds(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isEmpty();
    }
}
