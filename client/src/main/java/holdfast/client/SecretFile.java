package holdfast.client;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/// Secrets in a file: a JSON list as the API takes it, or a spreadsheet saved as CSV.
final class SecretFile {
    private static final String TAGS = "tags";

    private SecretFile() {}

    /// {@return what becomes `items` of the request}
    ///
    /// @throws Stopped when the file is neither
    static Object items(String file) {
        var text = Files.text(file).strip();
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1); // spreadsheets mark UTF-8
        }
        return text.startsWith("[") || text.startsWith("{") ? list(file, text) : rows(file, text);
    }

    private static Object list(String file, String text) {
        try {
            var json = Api.JSON.readTree(text);
            return json.isObject() && json.has("items") ? json.path("items") : json;
        } catch (JacksonException _) { // whose message would quote the file
            throw Stopped.usedWrongly("'%s' is no list in JSON".formatted(file));
        }
    }

    private static List<Map<String, Object>> rows(String file, String text) {
        var items = new ArrayList<Map<String, Object>>();
        try (var rows = CsvReader.builder().ofNamedCsvRecord(text)) {
            rows.forEach(row -> items.add(item(row)));
        } catch (java.io.IOException | CsvParseException _) { // as above
            throw Stopped.usedWrongly("'%s' is neither JSON nor CSV".formatted(file));
        }
        if (items.isEmpty()) {
            throw Stopped.usedWrongly("'%s' has no row below its line of names".formatted(file));
        }
        return items;
    }

    private static Map<String, Object> item(NamedCsvRecord row) {
        var item = new LinkedHashMap<String, Object>();
        row.getFieldsAsMap()
                .forEach((name, value) -> {
                    if (name.strip().equals(TAGS)) {
                        item.put(TAGS, tags(value));
                    } else if (!value.isEmpty()) {
                        item.put(name.strip(), value);
                    }
                });
        return item;
    }

    private static List<String> tags(String text) {
        return java.util.Arrays.stream(text.split("[,;]", -1))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }
}
