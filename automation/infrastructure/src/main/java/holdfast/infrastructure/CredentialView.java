package holdfast.infrastructure;

import holdfast.comparison.Drift;
import holdfast.comparison.Kept;
import holdfast.estate.Credential;
import holdfast.vcf.SourceKind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Shows stored rows as people see them: with the state of their end, and when their source was last read.
final class CredentialView {
    private final GridStore.Clock clock;
    private final Map<UUID, Map<SourceKind, Instant>> lastRead = new HashMap<>();

    CredentialView(List<SourceRow> sources, GridStore.Clock clock) {
        this.clock = clock;
        for (var source : sources) {
            source.lastSuccess()
                    .ifPresent(at ->
                            lastRead.computeIfAbsent(
                                            source.environment(),
                                            _ -> new EnumMap<>(SourceKind.class))
                                    .put(source.kind(), at));
        }
    }

    /// @param name of the environment, in lists over all of them
    Credential of(Kept row, UUID environment, Optional<String> name) {
        var last =
                lastRead.getOrDefault(environment, Map.of())
                        .getOrDefault(row.source(), row.firstSeen());
        return new Credential(
                row.id(),
                environment,
                name,
                row.source(),
                row.account().resourceType(),
                row.account().resourceName(),
                Optional.of(row.resourceIp()).filter(address -> !address.isEmpty()),
                row.account().username(),
                row.account().credentialType(),
                row.accountType(),
                Kept.split(row.domains()),
                row.state(),
                row.version() > 0,
                row.version(),
                List.copyOf(Drift.of(row.drift())),
                List.copyOf(Drift.of(row.drift() & Drift.ATTENTION)),
                row.counterpart(),
                row.expiryState(clock.now(), clock.dueSoonDays()),
                row.end(),
                row.expiryChecked(),
                Optional.of(row.connectivity()).filter(text -> !text.isEmpty()),
                row.rotateDays(),
                row.nextRotation(),
                row.changedAtSource(),
                row.changed(),
                row.firstSeen(),
                row.isPresent() ? last : row.lastSeen().orElse(row.firstSeen()),
                last,
                row.goneSince());
    }
}
