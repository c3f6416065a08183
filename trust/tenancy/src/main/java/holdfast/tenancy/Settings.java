package holdfast.tenancy;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a tenant's administrator may set.
///
/// @param dueSoonDays          1 to 365: from when on an expiry is "due soon"
/// @param sessionIdleMinutes   5 to 1,440
/// @param sessionAbsoluteHours 1 to 168
/// @param removalHoldPercent   1 to 100: a sync that would remove more waits for confirmation
/// @param auditRetentionDays   30 to 3,650
/// @param accent               the colour of its interface
/// @param version              from 1, grows with every change
public record Settings(
        int dueSoonDays,
        int sessionIdleMinutes,
        int sessionAbsoluteHours,
        int removalHoldPercent,
        int auditRetentionDays,
        Accent accent,
        long version) {
    /// What holds until somebody changes it.
    public static final Settings USUAL = new Settings(30, 60, 12, 30, 365, Accent.BLUE, 1);

    /// @throws Refusal INVALID, naming every member that is out of range
    public Settings {
        var errors = new ArrayList<FieldError>();
        check(errors, "dueSoonDays", dueSoonDays, 1, 365);
        check(errors, "sessionIdleMinutes", sessionIdleMinutes, 5, 1_440);
        check(errors, "sessionAbsoluteHours", sessionAbsoluteHours, 1, 168);
        check(errors, "removalHoldPercent", removalHoldPercent, 1, 100);
        check(errors, "auditRetentionDays", auditRetentionDays, 30, 3_650);
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
    }

    public Duration sessionIdle() {
        return Duration.ofMinutes(sessionIdleMinutes);
    }

    public Duration sessionAbsolute() {
        return Duration.ofHours(sessionAbsoluteHours);
    }

    /// {@return the same settings with another version}
    public Settings at(long other) {
        return new Settings(
                dueSoonDays,
                sessionIdleMinutes,
                sessionAbsoluteHours,
                removalHoldPercent,
                auditRetentionDays,
                accent,
                other);
    }

    private static void check(List<FieldError> errors, String name, int value, int min, int max) {
        if (value < min || value > max) {
            errors.add(
                    new FieldError(
                            "/" + name,
                            "out-of-range",
                            "%d to %d".formatted(min, max),
                            Map.of("min", String.valueOf(min), "max", String.valueOf(max))));
        }
    }
}
