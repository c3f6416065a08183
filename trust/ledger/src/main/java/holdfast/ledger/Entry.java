package holdfast.ledger;

import java.time.Instant;
import java.util.UUID;

/// One event as a tenant sees it.
///
/// @param sequence the tenant's own number, from 1 without gaps
/// @param actorKind as [holdfast.kernel.Principal.Kind]
/// @param body     canonical JSON (RFC 8785)
/// @param gone     the tenant's retention has taken the details; `body` is then `{}`
public record Entry(
        long sequence,
        Instant time,
        UUID actor,
        String actorKind,
        String actorName,
        String address,
        UUID request,
        String action,
        String resource,
        Event.Outcome outcome,
        Event.Severity severity,
        String body,
        boolean gone) {}
