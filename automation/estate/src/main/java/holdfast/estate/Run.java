package holdfast.estate;

import holdfast.vcf.Failure;
import holdfast.vcf.SourceKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One sync of an environment.
///
/// @param startedBy name of the person or `schedule`
public record Run(
        UUID id,
        UUID environmentId,
        Trigger trigger,
        String startedBy,
        Instant started,
        Optional<Instant> finished,
        Status status,
        List<OfSource> sources) {
    public Run {
        sources = List.copyOf(sources);
    }

    /// {@return the same run at its end}
    public Run ended(Instant at, List<OfSource> parts) {
        return new Run(
                id,
                environmentId,
                trigger,
                startedBy,
                started,
                Optional.of(at),
                together(parts),
                parts);
    }

    /// {@return the same run after what it holds of `kind` was decided}
    public Run decided(SourceKind kind, Status status, String sentence) {
        var parts =
                sources.stream()
                        .map(source ->
                                source.kind() == kind && source.status() == Status.HELD
                                        ? source.ended(status, sentence)
                                        : source)
                        .toList();
        return new Run(
                id, environmentId, trigger, startedBy, started, finished, together(parts), parts);
    }

    private static Status together(List<OfSource> parts) {
        var first = parts.getFirst().status();
        if (parts.stream().allMatch(part -> part.status() == first)) {
            return first;
        }
        if (parts.stream().anyMatch(part -> part.status() == Status.HELD)) {
            return Status.HELD;
        }
        return parts.stream().anyMatch(part -> part.status() == Status.FAILED)
                ? Status.PARTIAL
                : Status.SUCCESS;
    }

    /// What began it.
    public enum Trigger {
        MANUAL,
        SCHEDULED,
        FILE
    }

    /// How it stands.
    public enum Status {
        RUNNING,
        SUCCESS,
        /// One source worked, one did not.
        PARTIAL,
        FAILED,
        /// Nothing found where nothing was.
        EMPTY,
        /// Would remove much; waits for a person.
        HELD,
        DISCARDED,
        /// The server stopped in between; nothing was changed.
        INTERRUPTED
    }

    /// What came of one source.
    ///
    /// @param removed      gone from the source; of a held run: would go
    /// @param withoutValue rows whose password the source did not tell; a known value stays
    /// @param unmapped     JSON paths of secrets that no account is known for
    /// @param complete     only a complete answer may remove
    public record OfSource(
            SourceKind kind,
            Status status,
            String sentence,
            Optional<Failure> failure,
            int fetched,
            int added,
            int changed,
            int unchanged,
            int removed,
            int withoutValue,
            List<String> unmapped,
            boolean complete,
            int milliseconds) {
        public OfSource {
            unmapped = List.copyOf(unmapped);
        }

        public static OfSource running(SourceKind kind) {
            return new OfSource(
                    kind,
                    Status.RUNNING,
                    SourceStatus.RUNNING.sentence(),
                    Optional.empty(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    List.of(),
                    false,
                    0);
        }

        public OfSource ended(Status end, String words) {
            return new OfSource(
                    kind,
                    end,
                    words,
                    failure,
                    fetched,
                    added,
                    changed,
                    unchanged,
                    removed,
                    withoutValue,
                    unmapped,
                    complete,
                    milliseconds);
        }

        public OfSource failed(Failure why, int took) {
            return new OfSource(
                    kind,
                    Status.FAILED,
                    why.sentence(),
                    Optional.of(why),
                    fetched,
                    0,
                    0,
                    0,
                    0,
                    withoutValue,
                    unmapped,
                    complete,
                    took);
        }
    }
}
