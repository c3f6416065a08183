package holdfast.access;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.util.Comparator;
import java.util.List;

/// Which paths a grant covers.
///
/// A pattern is a path: segments joined by `/`. In a segment `*` stands for any run of characters, never for `/`.
/// A last segment `**` stands for everything below, at any depth; then no `*` may stand before it, so that a
/// pattern can always be asked of an index. `\` takes the meaning from `*` and `\`.
///
/// `secrets/prod/db` is one thing, `secrets/prod/*` what lies directly in `prod`, `secrets/prod/**` all below it.
///
/// @param text 1 to 1,024 characters, no control characters, no empty segment
public record PathPattern(String text) {
    private static final int MAX_LENGTH = 1_024; // characters
    private static final String BELOW = "/**";

    /// What is narrower comes first: one thing, then by how much of the pattern is spelt out.
    static final Comparator<PathPattern> NARROWEST =
            Comparator.comparing(PathPattern::isExact)
                    .thenComparingInt(PathPattern::spelt)
                    .thenComparing(pattern -> !pattern.isTree())
                    .reversed();

    /// @throws Refusal INVALID at `/pattern`, saying which rule is broken
    public PathPattern {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw invalid("too-long", "1 to 1024 characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw invalid("control-character", "no control characters");
        }
        if (("/" + text + "/").contains("//")) {
            throw invalid(
                    "empty-segment", "no empty segment: neither \"//\" nor a \"/\" at an end");
        }
        checkStars(text);
    }

    /// {@return the pattern of one path, whatever characters stand in it}
    public static PathPattern exactly(String path) {
        return new PathPattern(path.replace("\\", "\\\\").replace("*", "\\*"));
    }

    /// {@return the pattern of everything below a path}
    static PathPattern below(String folder) {
        return new PathPattern(exactly(folder).text() + BELOW);
    }

    /// {@return whether it names a single path}
    public boolean isExact() {
        return firstStar() < 0;
    }

    /// {@return whether it covers everything below a folder}
    public boolean isTree() {
        return text.endsWith(BELOW) || text.equals("**");
    }

    public boolean matches(String path) {
        if (isTree()) {
            var folder = prefix();
            return path.length() > folder.length() && path.startsWith(folder);
        }
        return matches(0, path, 0);
    }

    /// {@return whether every path that `other` covers is covered by this one}
    boolean contains(PathPattern other) {
        if (isExact()) {
            return other.isExact() && prefix().equals(other.prefix());
        }
        return (isTree() || !other.isTree()) && matches(other.skeleton());
    }

    /// {@return whether a path may be covered by both; true also where it is not certain}
    boolean mayMeet(PathPattern other) {
        if (isExact()) {
            return other.matches(prefix());
        }
        if (other.isExact()) {
            return matches(other.prefix());
        }
        var mine = prefix();
        var theirs = other.prefix();
        return mine.startsWith(theirs) || theirs.startsWith(mine);
    }

    /// {@return a path that only patterns match that match all of this one: a star becomes what no path contains}
    private String skeleton() {
        var path = new StringBuilder();
        for (int i = 0; i < text.length(); i += width(i)) {
            path.append(text.charAt(i) == '*' ? '\u0000' : literal(i));
        }
        return path.toString();
    }

    /// {@return what every covered path begins with; for a tree it ends in `/` or is empty}
    String prefix() {
        int star = firstStar();
        return plain(star < 0 ? text : text.substring(0, star));
    }

    /// One pass with one place to go back to: a star never crosses `/`, so the last one is always the right one.
    private boolean matches(int at, String path, int from) {
        int p = at;
        int c = from;
        int star = -1;
        int resume = -1;
        while (c < path.length()) {
            if (p < text.length() && text.charAt(p) == '*') {
                star = p++;
                resume = c;
            } else if (p < text.length() && literal(p) == path.charAt(c)) {
                p += width(p);
                c++;
            } else if (star >= 0 && path.charAt(resume) != '/') {
                p = star + 1;
                c = ++resume;
            } else {
                return false;
            }
        }
        while (p < text.length() && text.charAt(p) == '*') {
            p++;
        }
        return p == text.length();
    }

    private char literal(int at) {
        return text.charAt(text.charAt(at) == '\\' ? at + 1 : at);
    }

    private int width(int at) {
        return text.charAt(at) == '\\' ? 2 : 1;
    }

    private int firstStar() {
        for (int i = 0; i < text.length(); i += width(i)) {
            if (text.charAt(i) == '*') {
                return i;
            }
        }
        return -1;
    }

    /// {@return the number of characters that are spelt out}
    private int spelt() {
        int count = 0;
        for (int i = 0; i < text.length(); i += width(i)) {
            count += text.charAt(i) == '*' ? 0 : 1;
        }
        return count;
    }

    private static String plain(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return escaped; // nearly always
        }
        return escaped.replaceAll("\\\\(.)", "$1");
    }

    private static void checkStars(String text) {
        var bare = text.indexOf('\\') < 0 ? text : text.replaceAll("\\\\[*\\\\]", "x");
        if (bare.contains("\\")) {
            throw invalid("escape", "\"\\\" may stand before \"*\" and \"\\\" only");
        }
        int doubled = bare.indexOf("**");
        if (doubled < 0) {
            return;
        }
        boolean last = bare.equals("**") || bare.endsWith(BELOW);
        if (!last || bare.indexOf('*') != bare.length() - 2) {
            throw invalid(
                    "double-star",
                    "\"**\" stands alone as the last segment, and no \"*\" before it");
        }
    }

    private static Refusal invalid(String code, String detail) {
        return Refusal.of(List.of(FieldError.of("/pattern", code, detail)));
    }

    @Override
    public String toString() {
        return text;
    }
}
