package holdfast.http;

import holdfast.kernel.Problem;
import java.util.Optional;

/// Versions of items as entity tags, RFC 9110 §8.8.3, for `If-Match` (§13.1.1).
///
/// A version counts what people change. Answers tell more than that (a state, a count, a last use), so a tag that is
/// known already never stands for an answer: there is no 304.
public final class Etags {
    private Etags() {}

    /// {@return the strong tag of a version, quotes included}
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /// {@return the version that the caller saw, from `If-Match`}
    ///
    /// @throws holdfast.kernel.Refusal PRECONDITION_REQUIRED, MALFORMED
    public static long expected(Request request) {
        var tag =
                request.header("If-Match")
                        .orElseThrow(() ->
                                Problem.PRECONDITION_REQUIRED.because(
                                        "send If-Match with the ETag that you saw"));
        if (!tag.matches("\"[0-9]{1,18}\"")) {
            throw Problem.MALFORMED.because("If-Match must be one ETag such as \"3\"");
        }
        return Long.parseLong(tag, 1, tag.length() - 1, 10);
    }

    /// {@return the version that a change is made from, by `If-Match` or by the body, of which one must name it}
    ///
    /// @throws holdfast.kernel.Refusal PRECONDITION_REQUIRED, MALFORMED
    public static int expected(Request request, Optional<Integer> inBody) {
        if (inBody.isPresent() && request.header("If-Match").isEmpty()) {
            return inBody.get();
        }
        long seen = expected(request);
        if (inBody.filter(one -> one != seen).isPresent()) {
            throw Problem.MALFORMED.because("If-Match and expectedVersion name two versions");
        }
        return (int) Math.min(seen, Integer.MAX_VALUE);
    }
}
