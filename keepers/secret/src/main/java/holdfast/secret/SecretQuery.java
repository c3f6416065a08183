package holdfast.secret;

import holdfast.kernel.Cursor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Which secrets a list is about, in which order, and which window of it.
///
/// @param text  beginnings of words of names, tags, notes and metadata; case does not count
/// @param under a folder: only what lies in it, at any depth
/// @param tags  all of these, case does not count
/// @param limit 1 to 1,000
/// @param total whether to count them all
public record SecretQuery(
        Optional<String> text,
        Optional<String> under,
        Set<String> tags,
        Secret.State state,
        Sort sort,
        boolean descending,
        Optional<Cursor> after,
        int limit,
        boolean total) {
    public SecretQuery {
        tags = Set.copyOf(tags);
    }

    /// {@return another window of the same, by name}
    public SecretQuery window(Optional<Cursor> place, int rows) {
        return new SecretQuery(text, under, tags, state, Sort.NAME, false, place, rows, false);
    }

    /// {@return the filter as the ledger is told it}
    public Map<String, Object> words() {
        var words = new TreeMap<String, Object>();
        text.ifPresent(one -> words.put("q", one));
        under.ifPresent(one -> words.put("service", one));
        if (!tags.isEmpty()) {
            words.put("tag", tags.stream().sorted().toList());
        }
        words.put("state", state.name());
        return words;
    }

    /// The orders there are.
    public enum Sort {
        NAME("name", "path"),
        CHANGED("changed", "changed"),
        CREATED("created", "created"),
        EXPIRES("expires", "expires");

        private final String member;
        private final String column;

        Sort(String member, String column) {
            this.member = member;
            this.column = column;
        }

        /// {@return what a request calls it}
        public String member() {
            return member;
        }

        /// {@return the column that holds it}
        public String column() {
            return column;
        }

        public boolean isNumber() {
            return this != NAME;
        }
    }
}
