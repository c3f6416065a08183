package holdfast.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A set of paths: what some patterns cover, less what others cover.
///
/// A list compiles it into its `WHERE`, so that pages, searches and counts never hold what their reader may not see.
///
/// @param covered  what is in the set
/// @param excluded what is not in it all the same
record PathSet(List<PathPattern> covered, List<PathPattern> excluded) {
    static final PathSet NOWHERE = new PathSet(List.of(), List.of());
    static final PathPattern EVERYTHING = new PathPattern("**");
    static final PathSet EVERYWHERE = new PathSet(List.of(EVERYTHING), List.of());

    private static final char AFTER_SLASH = '/' + 1;
    private static final char ESCAPE = '!';

    PathSet {
        covered = List.copyOf(covered);
        excluded = List.copyOf(excluded);
    }

    /// {@return whether certainly nothing is in the set}
    boolean isEmpty() {
        return excluded.isEmpty() ? covered.isEmpty() : isAllExcluded();
    }

    private boolean isAllExcluded() {
        return covered.stream()
                .allMatch(one -> excluded.stream().anyMatch(other -> other.contains(one)));
    }

    boolean isEverything() {
        return excluded.isEmpty()
                && covered.stream().anyMatch(pattern -> pattern.text().equals("**"));
    }

    boolean contains(String path) {
        return isIn(covered, path) && !isIn(excluded, path);
    }

    private static boolean isIn(List<PathPattern> patterns, String path) {
        for (var pattern : patterns) { // asked for every single read
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }

    /// {@return whether certainly all that `pattern` covers is in the set}
    boolean covers(PathPattern pattern) {
        return covered.stream().anyMatch(one -> one.contains(pattern)) && isFreeIn(pattern);
    }

    /// {@return whether certainly nothing that `pattern` covers is excluded}
    boolean isFreeIn(PathPattern pattern) {
        return excluded.stream().noneMatch(one -> one.mayMeet(pattern));
    }

    /// {@return the set as a condition on `column`, which holds whole paths in byte order}
    ///
    /// @param column a constant of the caller's own text, for example `s.path`
    Scope.Condition on(String column) {
        var condition = new Writer(column);
        var inside = condition.any(covered);
        return new Scope.Condition(
                excluded.isEmpty() ? inside : inside + " AND NOT " + condition.any(excluded),
                condition.bindings);
    }

    private static final class Writer {
        private final String column;
        private final Map<String, Object> bindings = new LinkedHashMap<>();

        Writer(String column) {
            this.column = column;
        }

        String any(List<PathPattern> patterns) {
            var parts = new ArrayList<String>();
            for (var pattern : patterns) {
                parts.add(one(pattern));
            }
            return parts.isEmpty() ? "(1 = 0)" : "(" + String.join(" OR ", parts) + ")";
        }

        private String one(PathPattern pattern) {
            if (pattern.isExact()) {
                return column + " = " + bind(pattern.prefix());
            }
            return pattern.isTree() ? below(pattern.prefix()) : alike(pattern);
        }

        /// Everything below a folder, as a range of the index.
        private String below(String folder) {
            if (folder.isEmpty()) {
                return "1 = 1";
            }
            var end = folder.substring(0, folder.length() - 1) + AFTER_SLASH;
            return "(" + column + " > " + bind(folder) + " AND " + column + " < " + bind(end) + ")";
        }

        /// `LIKE` lets `%` cross a slash; where the number of slashes is right, none was crossed.
        private String alike(PathPattern pattern) {
            var slashes = pattern.text().chars().filter(c -> c == '/').count();
            return "(%s LIKE %s ESCAPE '!' AND length(%s) - length(replace(%s, '/', '')) = %s)"
                    .formatted(column, bind(like(pattern.text())), column, column, bind(slashes));
        }

        private String bind(Object value) {
            var name = "path" + bindings.size();
            bindings.put(name, value);
            return ":" + name;
        }

        private static String like(String text) {
            var like = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '*') {
                    like.append('%');
                } else {
                    char literal = c == '\\' ? text.charAt(++i) : c;
                    if (literal == '%' || literal == '_' || literal == ESCAPE) {
                        like.append(ESCAPE);
                    }
                    like.append(literal);
                }
            }
            return like.toString();
        }
    }
}
