package holdfast.vcf;

import holdfast.outbound.Outbound;
import java.time.Duration;
import java.time.InstantSource;

/// What the client reaches out with, and how patient it is.
record Reach(Outbound outbound, InstantSource clock, Pace pace, Appliances.Pause pause) {
    void pause(Duration length) {
        try {
            pause.of(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceFailed(Failure.of(Status.INTERRUPTED));
        }
    }
}
