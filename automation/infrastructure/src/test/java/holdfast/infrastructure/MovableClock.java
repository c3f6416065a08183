package holdfast.infrastructure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Stands until it is moved; begins now, since certificates are judged by the real time.
final class MovableClock implements InstantSource {
    private volatile Duration moved = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(moved).truncatedTo(ChronoUnit.MICROS);
    }

    void advance(Duration step) {
        moved = moved.plus(step);
    }
}
