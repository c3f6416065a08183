package holdfast.simulator;

import java.time.Instant;

/// When SDDC Manager rotates a password by itself.
public record AutoRotate(int days, Instant next) {}
