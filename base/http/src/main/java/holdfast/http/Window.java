package holdfast.http;

import holdfast.kernel.FieldError;
import holdfast.kernel.Page;
import holdfast.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/// What requests say about lists that are whole in memory.
public final class Window {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private Window() {}

    /// {@return the part of a whole set that `cursor` and `limit` ask for; the cursor is a position in it}
    public static <T> Page<T> of(List<T> whole, Request request) {
        int from = Math.min(number(request, "cursor", 0, Integer.MAX_VALUE, 0), whole.size());
        int limit = number(request, "limit", 1, MOST, USUAL);
        int to = Math.min(whole.size(), from + limit);
        return new Page<>(
                whole.subList(from, to),
                to < whole.size() ? Optional.of(String.valueOf(to)) : Optional.empty(),
                whole.size());
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
