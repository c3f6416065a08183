package holdfast.estate;

import holdfast.comparison.Drift;
import holdfast.comparison.Kept;
import holdfast.vcf.SourceKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One credential without its value.
///
/// @param environmentName in lists over all environments only
/// @param version         of the value; 0 while none was ever seen
/// @param attention       those of `drift` that somebody should look at
/// @param counterpart     the same account from the other source
/// @param changed         when the present value was first seen
/// @param retrievedAt     when its source was last read
public record Credential(
        UUID id,
        UUID environmentId,
        Optional<String> environmentName,
        SourceKind source,
        String resourceType,
        String resourceName,
        Optional<String> resourceIp,
        String username,
        String credentialType,
        String accountType,
        List<String> domains,
        Kept.State state,
        boolean hasValue,
        int version,
        List<Drift> drift,
        List<Drift> attention,
        Optional<UUID> counterpart,
        Kept.ExpiryState expiryState,
        Optional<Instant> expires,
        Optional<Instant> expiryChecked,
        Optional<String> connectivity,
        Optional<Integer> autoRotateDays,
        Optional<Instant> nextRotation,
        Optional<Instant> changedAtSource,
        Instant changed,
        Instant firstSeen,
        Instant lastSeen,
        Instant retrievedAt,
        Optional<Instant> goneSince) {
    public Credential {
        domains = List.copyOf(domains);
        drift = List.copyOf(drift);
        attention = List.copyOf(attention);
    }

    /// One value it had, without the value.
    ///
    /// @param seen     when it came to us
    /// @param replaced when a newer one came
    public record Version(
            int version,
            Instant seen,
            Optional<Instant> replaced,
            Optional<Instant> changedAtSource,
            Run.Trigger trigger,
            String startedBy,
            UUID runId,
            boolean current) {}
}
