package holdfast.client;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Shows answers to people: lists as tables, one thing as `name  value` lines.
final class Page {
    private static final int WIDEST = 60; // characters of a cell
    private final PrintWriter out;

    Page(PrintWriter out) {
        this.out = out;
    }

    void table(JsonNode answer, List<String> columns) {
        var rows = new ArrayList<List<String>>();
        rows.add(columns.stream().map(Page::title).toList());
        for (var item : answer.path("items")) {
            rows.add(columns.stream().map(column -> cell(Tree.at(item, column))).toList());
        }
        int[] widths = new int[columns.size()];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
            }
        }
        rows.forEach(row -> out.println(line(row, widths)));
        int shown = rows.size() - 1;
        long total = answer.path("total").asLong(shown);
        if (total > shown) {
            out.printf(Locale.ROOT, "%,d of %,d%n", shown, total);
        }
        var next = answer.path("next").asString("");
        if (!next.isEmpty()) {
            out.println("more: --cursor " + next);
        }
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            int length = row.get(i).codePointCount(0, row.get(i).length());
            line.append(row.get(i)).append(" ".repeat(widths[i] - length + 2));
        }
        return line.toString().stripTrailing();
    }

    void sheet(JsonNode answer) {
        var lines = new ArrayList<String[]>();
        flatten("", answer, lines);
        int width = lines.stream().mapToInt(line -> line[0].length()).max().orElse(0);
        lines.forEach(line ->
                out.println(
                        (line[0] + " ".repeat(width - line[0].length() + 2) + line[1])
                                .stripTrailing()));
    }

    private static void flatten(String name, JsonNode value, List<String[]> lines) {
        if (value.isObject()) {
            value.properties()
                    .forEach(member ->
                            flatten(
                                    name.isEmpty() ? member.getKey() : name + "." + member.getKey(),
                                    member.getValue(),
                                    lines));
        } else if (value.isArray() && !value.isEmpty() && value.get(0).isContainer()) {
            for (int i = 0; i < value.size(); i++) {
                flatten(name + "[" + i + "]", value.get(i), lines);
            }
        } else {
            lines.add(new String[] {name, text(value)});
        }
    }

    private static String cell(JsonNode value) {
        var text = text(value);
        return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            var parts = new ArrayList<String>();
            value.forEach(part -> parts.add(text(part)));
            return String.join(", ", parts);
        }
        return plain(value.isContainer() ? value.toString() : value.asString(""));
    }

    /// Names come from other systems: what would steer a terminal is shown as a dot.
    static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "·");
    }

    private static String title(String column) {
        var last = column.replaceAll("(\\w+)\\.status", "$1").replaceAll("\\.name$", "");
        return last.replaceAll("([a-z])([A-Z])", "$1 $2").toUpperCase(Locale.ROOT);
    }
}
