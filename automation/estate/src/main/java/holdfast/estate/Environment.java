package holdfast.estate;

import holdfast.vcf.Failure;
import holdfast.vcf.SourceKind;
import holdfast.vcf.Trust;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One site of VMware Cloud Foundation.
///
/// @param credentials how many are present
/// @param expiring    how many of those are due soon
/// @param drifted     how many of those have a finding that asks for attention
/// @param version     grows with every change of its configuration
public record Environment(
        UUID id,
        String name,
        String description,
        Instant created,
        Instant changed,
        Optional<Source> installer,
        Optional<Source> sddcManager,
        List<String> domains,
        int credentials,
        int expiring,
        int expired,
        int drifted,
        int version) {
    /// One appliance of a site, and how its syncs go. The password never comes along.
    ///
    /// @param scheduleMinutes 0 for never
    /// @param scheduleStopped by a refused login or a changed certificate, until it is saved again
    /// @param version         of the appliance
    public record Source(
            SourceKind kind,
            String host,
            int port,
            String username,
            Trust trust,
            int scheduleMinutes,
            SourceStatus status,
            String sentence,
            Optional<Failure> failure,
            boolean scheduleStopped,
            Optional<Instant> lastRun,
            Optional<Instant> lastSuccess,
            Optional<Instant> nextRun,
            Optional<UUID> runId,
            Optional<String> version,
            int credentials) {}

    public Environment {
        domains = List.copyOf(domains);
    }
}
