package holdfast.tenancy;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/// One tenant.
///
/// @param name    1 to 64 of `a-z 0-9 -`, unique
/// @param rules   what the tenant's people may do at all
/// @param version from 1, grows with every change
public record Tenant(
        TenantId id,
        String name,
        Tier tier,
        Status status,
        Instant created,
        Instant updated,
        Rules rules,
        Metadata metadata,
        long version) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");

    /// @throws Refusal INVALID at `/name`
    public Tenant {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.of(
                    List.of(
                            FieldError.of(
                                    "/name",
                                    "malformed",
                                    "1 to 64 of a-z, 0-9 and -, no - at an end")));
        }
    }

    /// {@return the same tenant one version later}
    public Tenant with(
            Tier newTier, Status newStatus, Rules newRules, Metadata noted, Instant now) {
        return new Tenant(id, name, newTier, newStatus, created, now, newRules, noted, version + 1);
    }

    /// {@return the same tenant in another state, one version later}
    public Tenant with(Status newStatus, Instant now) {
        return with(tier, newStatus, rules, metadata, now);
    }

    /// Only an active tenant is served.
    public enum Status {
        ACTIVE,
        SUSPENDED,
        /// Being deleted: its keys are destroyed, its rows go.
        DISABLED,
        PENDING
    }
}
