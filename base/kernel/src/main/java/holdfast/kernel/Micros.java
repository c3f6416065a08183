package holdfast.kernel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Time as it is stored: microseconds since the epoch, in a `BIGINT`.
public final class Micros {
    private Micros() {}

    public static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    public static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
