package holdfast.vcf;

import holdfast.outbound.Outbound;
import java.util.Optional;

/// Whom to believe at an address.
///
/// @param fingerprint with PIN: SHA-256 of the leaf, upper-case hex with colons; empty while none is confirmed
/// @param caPem       with CA: one or more certificates
public record Trust(Mode mode, Optional<String> fingerprint, Optional<String> caPem) {
    /// The system's authorities.
    public static final Trust SYSTEM = new Trust(Mode.SYSTEM, Optional.empty(), Optional.empty());

    /// How a certificate is judged.
    public enum Mode {
        SYSTEM,
        CA,
        PIN,
        OFF
    }

    /// {@return the same for the outbound client; a pin that is missing believes nobody}
    Outbound.Trust outbound() {
        return switch (mode) {
            case SYSTEM -> new Outbound.Trust.SystemAuthorities();
            case CA -> new Outbound.Trust.Authorities(caPem.orElse(""));
            case PIN -> new Outbound.Trust.Pin(fingerprint.orElse(NOBODY));
            case OFF -> new Outbound.Trust.Off();
        };
    }

    private static final String NOBODY = "00" + ":00".repeat(31);
}
