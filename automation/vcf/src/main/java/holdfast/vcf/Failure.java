package holdfast.vcf;

import holdfast.outbound.Outbound;
import java.time.Instant;
import java.util.Optional;

/// Why a source could not be read, in plain words and in the appliance's own.
///
/// @param message        as the appliance said it
/// @param referenceToken what VMware's support asks for
public record Failure(
        Status status,
        String sentence,
        Optional<Integer> httpStatus,
        Optional<String> message,
        Optional<String> remediation,
        Optional<String> referenceToken,
        Optional<Certificate> certificate) {
    /// A certificate as it was shown.
    ///
    /// @param trusted by the trust that was asked for
    /// @param pinned  the fingerprint that was expected, when another was shown
    public record Certificate(
            String fingerprint,
            String subject,
            String issuer,
            Instant notBefore,
            Instant notAfter,
            boolean trusted,
            Optional<String> pinned) {
        static Certificate of(Outbound.PeerCertificate shown, Trust trust) {
            return new Certificate(
                    shown.fingerprint(),
                    shown.subject(),
                    shown.issuer(),
                    shown.notBefore(),
                    shown.notAfter(),
                    shown.trusted(),
                    trust.fingerprint().filter(pin -> !pin.equals(shown.fingerprint())));
        }
    }

    public static Failure of(Status status) {
        return of(status, status.sentence());
    }

    public static Failure of(Status status, String sentence) {
        return new Failure(
                status,
                sentence,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Failure of(Status status, Certificate shown) {
        return new Failure(
                status,
                status.sentence(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(shown));
    }
}
