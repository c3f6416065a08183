package holdfast.secret;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is set anew beside the value; what is absent stays as it is.
///
/// @param clear  `expires` or `keepDays`: what is to be no more
/// @param change what the author says of it
public record Change(
        Optional<String> notes,
        Optional<List<String>> tags,
        Optional<Map<String, Object>> metadata,
        Optional<Instant> expires,
        Optional<Upkeep.OnExpiry> onExpiry,
        Optional<Integer> keepVersions,
        Optional<Integer> keepDays,
        Optional<Set<String>> clear,
        Optional<String> change,
        Optional<Integer> expectedVersion) {
    private static final Set<String> CLEARABLE = Set.of("expires", "keepDays");
    private static final int MAX_WHY = 500; // characters

    /// @throws Refusal INVALID
    public Change {
        if (!CLEARABLE.containsAll(clear.orElse(Set.of()))) {
            throw Refusal.of(
                    List.of(FieldError.of("/clear", "not-one-of", "of expires, keepDays")));
        }
        why(change);
    }

    /// {@return what an author says, checked}
    ///
    /// @throws Refusal INVALID
    public static String why(Optional<String> change) {
        if (change.filter(text -> text.length() > MAX_WHY || text.indexOf('\0') >= 0).isPresent()) {
            throw Refusal.of(
                    List.of(FieldError.of("/change", "too-long", "at most 500 characters")));
        }
        return change.orElse("");
    }

    public String why() {
        return why(change);
    }

    public Details over(Details before) {
        return new Details(
                notes.orElse(before.notes()),
                tags.orElse(before.tags()),
                metadata.orElse(before.metadata()));
    }

    public Upkeep over(Upkeep before) {
        return new Upkeep(
                isCleared("expires") ? Optional.empty() : expires.or(before::expires),
                onExpiry.orElse(before.onExpiry()),
                keepVersions.orElse(before.keepVersions()),
                isCleared("keepDays") ? Optional.empty() : keepDays.or(before::keepDays));
    }

    private boolean isCleared(String name) {
        return clear.orElse(Set.of()).contains(name);
    }
}
