package holdfast.vcf;

import holdfast.kernel.SecretBytes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Looks at an address: first its certificate, then, only when that is trusted, what stands there.
final class Probing {
    private final VcfClient client;
    private final InstantSource clock;

    Probing(VcfClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /// @param password stays the caller's
    TestResult probe(
            SourceKind kind,
            Address address,
            Optional<String> username,
            Optional<SecretBytes> password) {
        var began = clock.instant();
        Optional<Failure.Certificate> shown = Optional.empty();
        try {
            var certificate = client.inspect(address);
            shown = Optional.of(certificate);
            if (!certificate.trusted()) {
                var status =
                        address.trust().fingerprint().isPresent()
                                ? Status.CERTIFICATE_CHANGED
                                : Status.CERTIFICATE_UNTRUSTED;
                return TestResult.failed(Failure.of(status, certificate), shown, since(began));
            }
            if (username.isEmpty() || password.isEmpty()) {
                return TestResult.worked(
                        "The certificate is trusted; no login was given.",
                        certificate,
                        Optional.empty(),
                        since(began));
            }
            var found =
                    client.look(
                            new Appliances.Login(kind, address, username.get(), password.get()));
            return TestResult.worked(
                    "Everything a sync needs works.",
                    certificate,
                    Optional.of(found),
                    since(began));
        } catch (SourceFailed failed) {
            return TestResult.failed(failed.failure(), shown, since(began));
        }
    }

    private int since(java.time.Instant began) {
        return (int) Duration.between(began, clock.instant()).toMillis();
    }
}
