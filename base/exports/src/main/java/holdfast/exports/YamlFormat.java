package holdfast.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// @see Format#yaml
record YamlFormat() implements Format {
    @Override
    public String ending() {
        return "yaml";
    }

    @Override
    public String mediaType() {
        return "application/yaml";
    }

    @Override
    public void write(Table table, OutputStream out) throws IOException {
        var text = new OutputStreamWriter(new OpenEnded(out), StandardCharsets.UTF_8);
        var yaml = new YamlText();
        text.write(yaml.of(table.head()));
        text.write('"' + table.name() + "\":\n");
        var columns = table.columns();
        var any = new boolean[1];
        table.forEach(cells -> {
            any[0] = true;
            text.write(yaml.of(List.of(members(columns, cells))));
        });
        if (!any[0]) {
            text.write("  []\n");
        }
        text.flush();
    }

    private static Map<String, Object> members(List<String> columns, List<Cell> cells) {
        var members = new LinkedHashMap<String, Object>();
        for (int i = 0; i < columns.size(); i++) {
            switch (cells.get(i)) {
                case Cell.None _ -> {}
                case Cell.Text(var text) -> members.put(columns.get(i), text);
                case Cell.Whole(var value) -> members.put(columns.get(i), value);
                case Cell.Texts(var values) -> members.put(columns.get(i), values);
            }
        }
        return members;
    }
}
