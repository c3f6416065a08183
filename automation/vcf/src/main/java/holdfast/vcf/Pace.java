package holdfast.vcf;

import java.time.Duration;
import java.util.List;

/// How patient the client is.
///
/// @param connect  for name, connection and handshake
/// @param deadline for one call, the last byte of its answer included
/// @param pauses   before each repetition of a read that failed in passing
/// @param poll     between two looks at a task
/// @param maxBody  bytes of one answer
/// @param pageSize rows a page; 0 for all in one
public record Pace(
        Duration connect,
        Duration deadline,
        List<Duration> pauses,
        Duration poll,
        long maxBody,
        int pageSize) {
    public static final Pace USUAL =
            new Pace(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60),
                    List.of(Duration.ofSeconds(2), Duration.ofSeconds(6)),
                    Duration.ofSeconds(5),
                    64L * 1024 * 1024,
                    0);

    public Pace {
        pauses = List.copyOf(pauses);
    }
}
