package holdfast.infrastructure;

import holdfast.estate.Environment;
import holdfast.estate.SourceStatus;
import holdfast.kernel.Bytes;
import holdfast.vcf.Address;
import holdfast.vcf.Failure;
import holdfast.vcf.SourceKind;
import holdfast.vcf.Trust;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One source as it is stored: what people set, and how it stands.
///
/// @param configured false for what only a file brought in
/// @param password   sealed
/// @param generation the published one
/// @param fence      grows with every run
/// @param domains    as [Kept#join] writes them
/// @param leaving    those that are being deleted, as [Kept#join] writes them
/// @param noted      the generation whose findings are noted; another one means that they must be found anew
record SourceRow(
        UUID environment,
        SourceKind kind,
        UUID id,
        boolean configured,
        String host,
        int port,
        String username,
        Optional<Bytes> password,
        int passwordVersion,
        Trust trust,
        int scheduleMinutes,
        boolean stopped,
        SourceStatus status,
        Optional<Failure> failure,
        Optional<String> version,
        Optional<Instant> lastRun,
        Optional<Instant> lastSuccess,
        Optional<Instant> nextRun,
        Optional<Instant> expiryChecked,
        Optional<UUID> run,
        Optional<UUID> heldRun,
        long fence,
        long generation,
        int present,
        int drifted,
        String domains,
        String leaving,
        long noted) {
    /// {@return a source of which nothing is set: known from a file only, or no longer configured}
    static SourceRow unset(UUID environment, SourceKind kind, UUID id, int passwordVersion) {
        return new SourceRow(
                environment,
                kind,
                id,
                false,
                "",
                443,
                "",
                Optional.empty(),
                passwordVersion,
                Trust.SYSTEM,
                0,
                false,
                SourceStatus.NEVER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                0,
                "",
                "",
                0);
    }

    /// {@return the same source without what people set}
    SourceRow unset() {
        return unset(environment, kind, id, passwordVersion);
    }

    Environment.Source shown() {
        return new Environment.Source(
                kind,
                host,
                port,
                username,
                trust,
                scheduleMinutes,
                status,
                failure.map(Failure::sentence).orElse(status.sentence()),
                failure,
                stopped,
                lastRun,
                lastSuccess,
                nextRun,
                run,
                version,
                present);
    }

    Address address() {
        return new Address(host, port, trust);
    }

    /// {@return whether the findings are those of what is shown}
    boolean isNoted() {
        return noted == generation;
    }

    boolean isScheduled() {
        return configured && scheduleMinutes > 0 && !stopped && password.isPresent();
    }

    /// {@return whether its turn has come and no run has it}
    boolean isOverdue(Instant now) {
        return isScheduled()
                && status != SourceStatus.RUNNING
                && nextRun.filter(next -> next.isAfter(now)).isEmpty();
    }
}
