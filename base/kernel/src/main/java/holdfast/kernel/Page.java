package holdfast.kernel;

import java.util.List;
import java.util.Optional;

/// One window of a list that is filtered, searched and sorted over the whole set.
///
/// @param next  cursor of the following window; empty at the end
/// @param total how many items the whole set has
public record Page<T>(List<T> items, Optional<String> next, long total) {
    public Page {
        items = List.copyOf(items);
    }
}
