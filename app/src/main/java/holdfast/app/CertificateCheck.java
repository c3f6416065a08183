package holdfast.app;

import holdfast.health.Health;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// How long the certificate that clients are shown is still good.
///
/// @param chain leaf first
record CertificateCheck(Path chain, InstantSource clock) implements Health.Check {
    private static final Duration SOON = Duration.ofDays(14);

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public Health.Component look() {
        try {
            var end = OwnCertificate.leaf(chain).getNotAfter().toInstant();
            var left = Duration.between(clock.instant(), end);
            var details = Map.<String, Object>of("notAfter", end.toString());
            return left.compareTo(SOON) > 0
                    ? new Health.Component(
                            name(),
                            Health.Status.HEALTHY,
                            "The certificate is good for %d days.".formatted(left.toDays()),
                            Optional.empty(),
                            details)
                    : new Health.Component(
                            name(),
                            Health.Status.DEGRADED,
                            left.isNegative()
                                    ? "The certificate has ended: clients refuse to connect."
                                    : "The certificate ends in %d days.".formatted(left.toDays()),
                            Optional.of("Replace its files; the server takes them while it runs."),
                            details);
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("the certificate cannot be read", failure);
        }
    }
}
