package holdfast.secret;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// How long a secret and its versions are kept.
///
/// @param expires      from then on it counts as expired
/// @param onExpiry     what the service then does
/// @param keepVersions 1 to 100: the newest that are kept; the active one always is
/// @param keepDays     1 to 3,650: older versions go; the active one never does
public record Upkeep(
        Optional<Instant> expires,
        OnExpiry onExpiry,
        int keepVersions,
        Optional<Integer> keepDays) {
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /// When nothing is said.
    public static final Upkeep USUAL =
            new Upkeep(Optional.empty(), OnExpiry.MARK, 10, Optional.empty());

    /// @throws Refusal INVALID, naming each member that is out of range
    public Upkeep {
        var errors = new ArrayList<FieldError>();
        if (keepVersions < 1 || keepVersions > 100) {
            errors.add(FieldError.of("/keepVersions", "out-of-range", "1 to 100"));
        }
        if (keepDays.filter(days -> days < 1 || days > 3_650).isPresent()) {
            errors.add(FieldError.of("/keepDays", "out-of-range", "1 to 3650"));
        }
        if (expires.filter(at -> at.isAfter(LAST) || at.isBefore(Instant.EPOCH)).isPresent()) {
            errors.add(FieldError.of("/expires", "out-of-range", "from 1970 to 9999"));
        }
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
    }

    /// What becomes of a secret that expires.
    public enum OnExpiry {
        /// It is shown as expired, no more.
        MARK,
        /// It leaves the lists, and can be opened all the same.
        ARCHIVE,
        /// It is deleted, as if somebody had done so.
        DELETE
    }
}
