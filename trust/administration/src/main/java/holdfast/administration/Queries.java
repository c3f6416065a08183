package holdfast.administration;

import holdfast.http.Request;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.ledger.Event;
import holdfast.ledger.Search;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// What the query of a request asks of the ledger.
final class Queries {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private Queries() {}

    /// @throws Refusal INVALID
    static int limit(Request request) {
        int limit = read(request, "limit", "1 to 1000", Integer::parseInt).orElse(USUAL);
        if (limit < 1 || limit > MOST) {
            throw bad("limit", "1 to 1000");
        }
        return limit;
    }

    /// @throws Refusal INVALID
    static Search search(Request request) {
        return new Search(
                read(request, "from", "a time such as 2026-01-01T00:00:00Z", Instant::parse),
                read(request, "to", "a time such as 2026-01-01T00:00:00Z", Instant::parse),
                request.query("type"),
                read(request, "actor", "an id", UUID::fromString),
                request.query("resource"),
                read(request, "outcome", "SUCCESS, REFUSED, FAILED", Event.Outcome::valueOf),
                read(
                        request,
                        "severity",
                        "INFO, WARNING, ERROR, CRITICAL",
                        Event.Severity::valueOf),
                request.query("q").filter(text -> !text.isBlank()),
                read(request, "cursor", "`next` of the window before", Long::parseLong),
                limit(request));
    }

    static <T> Optional<T> read(
            Request request, String name, String right, Function<String, T> parse) {
        try {
            return request.query(name).map(parse);
        } catch (RuntimeException _) {
            throw bad(name, right);
        }
    }

    private static Refusal bad(String name, String right) {
        return Refusal.of(List.of(FieldError.of("?" + name, "malformed", right)));
    }
}
