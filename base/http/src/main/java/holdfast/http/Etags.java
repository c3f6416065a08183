package holdfast.http;

import holdfast.kernel.Problem;
import java.util.Arrays;

/// Versions of items as entity tags, RFC 9110 §8.8.3 and §13.1.
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

    /// {@return 304 without a body when the caller already has this very version}
    static Response unchanged(Request request, Response response) {
        var tag = response.headers().get("ETag");
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (tag == null || !reads || response.status() != 200) {
            return response;
        }
        boolean known =
                request.header("If-None-Match").stream()
                        .flatMap(line -> Arrays.stream(line.split(",", -1)))
                        .map(String::strip)
                        .map(one -> one.startsWith("W/") ? one.substring(2) : one)
                        .anyMatch(one -> one.equals(tag) || one.equals("*"));
        return known ? Response.empty(304).with("ETag", tag) : response;
    }
}
