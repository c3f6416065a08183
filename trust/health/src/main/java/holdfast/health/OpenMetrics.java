package holdfast.health;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One exposition as text, OpenMetrics 1.0. For one thread.
final class OpenMetrics {
    static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final StringBuilder out = new StringBuilder();

    /// Announces a family; its lines follow.
    void type(String name, String type) {
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    void counter(String name, Number value) {
        type(name, "counter");
        line(name + "_total", Map.of(), value);
    }

    void gauge(String name, Number value) {
        type(name, "gauge");
        line(name, Map.of(), value);
    }

    void line(String name, Map<String, String> labels, Number value) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append(
                    new TreeMap<>(labels)
                            .entrySet().stream()
                                    .map(label ->
                                            "%s=\"%s\""
                                                    .formatted(
                                                            label.getKey(),
                                                            plain(label.getValue())))
                                    .collect(Collectors.joining(",", "{", "}")));
        }
        out.append(' ')
                .append(
                        value instanceof Double fraction
                                ? String.format(Locale.ROOT, "%.6f", fraction)
                                : value.toString())
                .append('\n');
    }

    String end() {
        return out.append("# EOF\n").toString();
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9/{}*._+-]", "_");
    }
}
