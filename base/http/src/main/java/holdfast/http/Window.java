package holdfast.http;

import holdfast.kernel.Page;
import java.util.List;
import java.util.Optional;

/// What requests say about lists that are whole in memory.
public final class Window {
    private Window() {}

    /// {@return the part of a whole set that `cursor` and `limit` ask for; the cursor is a position in it}
    public static <T> Page<T> of(List<T> whole, Request request) {
        int from =
                Math.min(Queries.number(request, "cursor", 0, Integer.MAX_VALUE, 0), whole.size());
        int limit = Queries.limit(request);
        int to = Math.min(whole.size(), from + limit);
        return new Page<>(
                whole.subList(from, to),
                to < whole.size() ? Optional.of(String.valueOf(to)) : Optional.empty(),
                whole.size());
    }
}
