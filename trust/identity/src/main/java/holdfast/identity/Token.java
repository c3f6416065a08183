package holdfast.identity;

import holdfast.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;

/// An API token: a program's way in, never above the user or machine it belongs to.
///
/// @param user        whose it is: a user, or a machine of the tenant
/// @param prefix      first characters of the secret, so that its owner can tell which one it is
/// @param permissions names of the actions it may use
/// @param addresses   CIDR ranges it may come from; empty for any
record Token(
        TenantId tenant,
        UUID id,
        UUID user,
        String name,
        String prefix,
        SortedSet<String> permissions,
        List<String> addresses,
        Instant created,
        Instant expires,
        Optional<Instant> lastUsed) {}
