package holdfast.vault;

import holdfast.http.Request;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads query parameters and headers. What is not one of its values is INVALID, with the values there are.
final class Queries {
    private static final int MAX_TEXT = 200; // characters

    private Queries() {}

    static SecretQuery list(Request request) {
        var sort = request.query("sort").orElse("name");
        boolean descending = sort.startsWith("-");
        var member = descending ? sort.substring(1) : sort;
        var order =
                Arrays.stream(SecretQuery.Sort.values())
                        .filter(one -> one.member().equals(member))
                        .findFirst()
                        .orElseThrow(() ->
                                notOneOf("sort", Set.of("name", "changed", "created", "expires")));
        return new SecretQuery(
                text(request, "q"),
                request.query("service").filter(one -> !one.isEmpty()),
                tags(request),
                state(request),
                order,
                descending,
                request.query("cursor").map(Cursor::read),
                number(request, "limit", 1, 1_000).orElse(100),
                flag(request, "total"));
    }

    private static Secret.State state(Request request) {
        var wanted = request.query("state").orElse(Secret.State.ACTIVE.name());
        return Arrays.stream(Secret.State.values())
                .filter(one -> one.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> notOneOf("state", names(Secret.State.values())));
    }

    private static Set<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.toSet());
    }

    private static Optional<String> text(Request request, String name) {
        var text = request.query(name).map(String::strip).filter(one -> !one.isEmpty());
        if (text.filter(one -> one.length() > MAX_TEXT).isPresent()) {
            throw invalid(name, "too-long", "at most 200 characters");
        }
        return text;
    }

    private static Set<String> tags(Request request) {
        var tags = request.queries("tag");
        if (tags.size() > 20 || tags.stream().anyMatch(tag -> tag.isEmpty() || tag.length() > 64)) {
            throw invalid("tag", "too-long", "at most 20, each 1 to 64 characters");
        }
        return Set.copyOf(tags);
    }

    static Optional<Integer> number(Request request, String name, int min, int max) {
        var text = request.query(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var range = "a whole number from %d to %d".formatted(min, max);
        try {
            int value = Integer.parseInt(text.get());
            if (value >= min && value <= max) {
                return Optional.of(value);
            }
        } catch (NumberFormatException _) {
            throw invalid(name, "malformed", range);
        }
        throw invalid(name, "out-of-range", range);
    }

    static boolean flag(Request request, String name) {
        var value = request.query(name).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw notOneOf(name, Set.of("true", "false"));
        }
        return value.equals("true");
    }

    static String required(Request request, String name) {
        return request.query(name).orElseThrow(() -> invalid(name, "required", "is missing"));
    }

    /// {@return the versions that a caller has, from `If-None-Match`}
    static Set<Long> known(Request request) {
        return request.header("If-None-Match").stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(tag -> tag.matches("(W/)?\"[0-9]{1,9}\""))
                .map(tag -> Long.parseLong(tag.replaceAll("[^0-9]", "")))
                .collect(Collectors.toSet());
    }

    /// {@return the version that a change is made from, by `If-Match` or by the body, of which one must name it}
    ///
    /// @throws Refusal PRECONDITION_REQUIRED, MALFORMED
    static int expected(Request request, Optional<Integer> inBody) {
        if (inBody.isPresent() && request.header("If-Match").isEmpty()) {
            return inBody.get();
        }
        long seen = holdfast.http.Etags.expected(request);
        if (inBody.filter(one -> one != seen).isPresent()) {
            throw Problem.MALFORMED.because("If-Match and expectedVersion name two versions");
        }
        return (int) Math.min(seen, Integer.MAX_VALUE);
    }

    static Refusal invalid(String name, String code, String detail) {
        return Refusal.of(List.of(FieldError.of("?" + name, code, detail)));
    }

    private static Refusal notOneOf(String name, Set<String> known) {
        var sorted = new TreeSet<>(known);
        return Refusal.of(
                List.of(
                        new FieldError(
                                "?" + name,
                                "not-one-of",
                                "must be one of " + String.join(", ", sorted),
                                Map.of("known", String.join(" ", sorted)))));
    }
}
