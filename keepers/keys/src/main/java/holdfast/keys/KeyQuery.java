package holdfast.keys;

import holdfast.kernel.Cursor;
import java.util.Optional;

/// Which keys a list is about, in which order, and which window of it.
///
/// @param text  a part of the name; case does not count
/// @param limit 1 to 1,000
/// @param total whether to count them all
public record KeyQuery(
        Optional<String> text,
        Optional<KeyType> type,
        Optional<Key.State> state,
        Sort sort,
        boolean descending,
        Optional<Cursor> after,
        int limit,
        boolean total) {
    /// The orders there are.
    public enum Sort {
        NAME("name", "k.path"),
        CREATED("created", "k.created"),
        CHANGED("changed", "k.changed");

        private final String member;
        private final String column;

        Sort(String member, String column) {
            this.member = member;
            this.column = column;
        }

        /// {@return what a request calls it}
        String member() {
            return member;
        }

        String column() {
            return column;
        }

        boolean isNumber() {
            return this != NAME;
        }
    }
}
