package holdfast.identity;

import holdfast.kernel.TenantId;
import java.time.Instant;
import java.util.UUID;

/// One sign-in of one user on one device.
///
/// @param expires   when it ends however much it is used
/// @param confirmed when the password was last given
/// @param client    User-Agent, at most 200 characters
record Session(
        TenantId tenant,
        UUID id,
        UUID user,
        Instant created,
        Instant lastSeen,
        Instant expires,
        Instant confirmed,
        String address,
        String client) {
    Session seenAt(Instant time) {
        return new Session(tenant, id, user, created, time, expires, confirmed, address, client);
    }
}
