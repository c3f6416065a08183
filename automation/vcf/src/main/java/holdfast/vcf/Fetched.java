package holdfast.vcf;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Everything one source told in one go.
///
/// @param unmapped JSON paths of secrets that no account is known for; their values are among the rows
/// @param complete whether the source told that this is all; only then may anything be removed
/// @param notes    sentences that people should read beside the numbers
/// @param leaving  names of the workload domains that are being deleted; empty when the source did not tell
public record Fetched(
        List<Found> rows,
        List<String> unmapped,
        boolean complete,
        Optional<String> version,
        List<String> notes,
        Optional<Set<String>> leaving)
        implements AutoCloseable {
    public Fetched {
        rows = List.copyOf(rows);
        unmapped = List.copyOf(unmapped);
        notes = List.copyOf(notes);
        leaving = leaving.map(Set::copyOf);
    }

    /// Of a source that knows nothing of domains that go.
    public Fetched(
            List<Found> rows,
            List<String> unmapped,
            boolean complete,
            Optional<String> version,
            List<String> notes) {
        this(rows, unmapped, complete, version, notes, Optional.empty());
    }

    /// Without notes.
    public Fetched(
            List<Found> rows, List<String> unmapped, boolean complete, Optional<String> version) {
        this(rows, unmapped, complete, version, List.of());
    }

    @Override
    public void close() {
        rows.forEach(Found::close);
    }
}
