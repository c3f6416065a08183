package holdfast.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What to look for in the ledger. Every condition that is present must hold.
///
/// @param action   exact, or a prefix ending in `.`, for example `credential.`
/// @param resource exact, or a prefix ending in `/`
/// @param text     part of action, actor name, resource or body; case does not count
/// @param before   sequence number to start below (the cursor); empty starts at the newest
/// @param limit    1 to 1,000
public record Search(
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> action,
        Optional<UUID> actor,
        Optional<String> resource,
        Optional<Event.Outcome> outcome,
        Optional<Event.Severity> severity,
        Optional<String> text,
        Optional<Long> before,
        int limit) {}
