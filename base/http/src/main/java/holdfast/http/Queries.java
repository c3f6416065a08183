package holdfast.http;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads query parameters. What is not one of its values is INVALID, with the values there are.
public final class Queries {
    private static final int MAX_TEXT = 200; // characters
    private static final int MAX_VALUES = 50;

    private Queries() {}

    public static Optional<String> text(Request request) {
        var text = request.query("q").map(String::strip).filter(one -> !one.isEmpty());
        text.filter(one -> one.length() > MAX_TEXT)
                .ifPresent(_ -> {
                    throw invalid("q", "too-long", "at most 200 characters");
                });
        return text;
    }

    public static int limit(Request request) {
        return number(request, "limit", 1, 1000, 100);
    }

    public static int number(Request request, String name, int min, int max, int usual) {
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
            throw invalid(name, "malformed", "a whole number from %d to %d".formatted(min, max));
        }
        throw invalid(name, "out-of-range", "a whole number from %d to %d".formatted(min, max));
    }

    public static boolean flag(Request request, String name) {
        return oneOf(request, name, Set.of("true", "false"), "false").equals("true");
    }

    public static String oneOf(Request request, String name, Set<String> known, String usual) {
        var value = request.query(name).orElse(usual);
        if (!known.contains(value)) {
            throw notOneOf(name, new TreeSet<>(known));
        }
        return value;
    }

    public static <E extends Enum<E>> Optional<E> choice(
            Request request, String name, Class<E> type) {
        return choices(request, name, type).stream().findFirst();
    }

    public static <E extends Enum<E>> Set<E> choices(Request request, String name, Class<E> type) {
        return choices(name, request.queries(name), type);
    }

    public static <E extends Enum<E>> Set<E> choices(
            String name, List<String> values, Class<E> type) {
        var chosen = EnumSet.noneOf(type);
        for (var value : values) {
            chosen.add(
                    Arrays.stream(type.getEnumConstants())
                            .filter(one -> one.name().equals(value))
                            .findFirst()
                            .orElseThrow(() ->
                                    notOneOf(
                                            name,
                                            Arrays.stream(type.getEnumConstants())
                                                    .map(Enum::name)
                                                    .collect(
                                                            Collectors.toCollection(
                                                                    TreeSet::new)))));
        }
        return chosen;
    }

    public static Set<String> texts(Request request, String name) {
        var values = request.queries(name);
        if (values.size() > MAX_VALUES || values.stream().anyMatch(value -> value.length() > 255)) {
            throw invalid(
                    name, "too-long", "at most %d values of 255 characters".formatted(MAX_VALUES));
        }
        return Set.copyOf(values);
    }

    public static Refusal invalid(String name, String code, String detail) {
        return Refusal.of(List.of(FieldError.of("?" + name, code, detail)));
    }

    private static Refusal notOneOf(String name, Set<String> known) {
        return Refusal.of(
                List.of(
                        new FieldError(
                                "?" + name,
                                "not-one-of",
                                "must be one of " + String.join(", ", known),
                                Map.of("known", String.join(" ", known)))));
    }
}
