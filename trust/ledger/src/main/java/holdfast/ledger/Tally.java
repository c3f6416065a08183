package holdfast.ledger;

import java.time.Instant;

/// How many events of one kind one actor made in one hour.
///
/// @param hour   its start, UTC
/// @param events from 1
public record Tally(
        Instant hour, String action, String actorName, Event.Outcome outcome, long events) {}
