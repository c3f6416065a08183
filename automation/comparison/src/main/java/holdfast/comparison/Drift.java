package holdfast.comparison;

import java.util.EnumSet;
import java.util.Set;

/// What is worth knowing about a credential beyond its value. Stored as bits, which never change.
public enum Drift {
    /// The value in use is still the one of the bring-up.
    STILL_BRING_UP(1 << 0),
    /// The bring-up value is outdated: information only.
    CHANGED_SINCE_BRING_UP(1 << 1),
    ONLY_INSTALLER(1 << 2),
    ONLY_SDDC_MANAGER(1 << 3),
    /// SDDC Manager cannot sign in with it.
    CONNECTION_ERROR(1 << 4),
    EXPIRES_BEFORE_ROTATION(1 << 5),
    /// The source did not tell the value.
    NO_VALUE(1 << 6),
    /// Every workload domain it belongs to is being deleted: do not rotate it, keep its value.
    DOMAIN_LEAVING(1 << 7);

    /// Bits of the findings that somebody should look at.
    public static final int ATTENTION =
            bits(
                    EnumSet.of(
                            STILL_BRING_UP,
                            CONNECTION_ERROR,
                            EXPIRES_BEFORE_ROTATION,
                            DOMAIN_LEAVING));

    private final int bit;

    Drift(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    public static int bits(Set<Drift> findings) {
        return findings.stream().mapToInt(Drift::bit).sum();
    }

    public static Set<Drift> of(int bits) {
        var findings = EnumSet.noneOf(Drift.class);
        for (var finding : values()) {
            if ((bits & finding.bit()) != 0) {
                findings.add(finding);
            }
        }
        return findings;
    }
}
