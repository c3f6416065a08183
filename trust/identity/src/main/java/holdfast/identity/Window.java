package holdfast.identity;

import holdfast.http.Request;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What requests say about lists and versions.
final class Window {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"");

    private Window() {}

    /// {@return the part of a whole set that `cursor` and `limit` ask for; the cursor is a position in it}
    static <T> Views.ListView<T> of(List<T> whole, Request request) {
        int from = Math.min(number(request, "cursor", 0, Integer.MAX_VALUE, 0), whole.size());
        int limit = number(request, "limit", 1, MOST, USUAL);
        int to = Math.min(whole.size(), from + limit);
        return new Views.ListView<>(
                whole.subList(from, to),
                to < whole.size() ? Optional.of(String.valueOf(to)) : Optional.empty(),
                whole.size());
    }

    /// {@return the version of `If-Match`, RFC 9110 §13.1.1}
    ///
    /// @throws Refusal PRECONDITION_REQUIRED, MALFORMED
    static long ifMatch(Request request) {
        var header =
                request.header("If-Match")
                        .orElseThrow(() ->
                                Problem.PRECONDITION_REQUIRED.because(
                                        "send If-Match with the ETag that you saw"));
        var version = VERSION.matcher(header.strip());
        if (!version.matches()) {
            throw Problem.MALFORMED.because("If-Match must be an ETag such as \"3\"");
        }
        return Long.parseLong(version.group(1));
    }

    private static int number(Request request, String name, int min, int max, int usual) {
        var text = request.query(name);
        if (text.isEmpty()) {
            return usual;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException _) {
            // the same refusal
        }
        throw Refusal.of(
                List.of(FieldError.of("?" + name, "out-of-range", "%d to %d".formatted(min, max))));
    }
}
