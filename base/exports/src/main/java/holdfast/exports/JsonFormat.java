package holdfast.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// @see Format#json
record JsonFormat() implements Format {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String ending() {
        return "json";
    }

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public void write(Table table, OutputStream out) throws IOException {
        try (var json = JSON.createGenerator(new OpenEnded(out))) {
            json.writeStartObject();
            table.head().forEach(json::writeStringProperty);
            json.writeArrayPropertyStart(table.name());
            var columns = table.columns();
            table.forEach(cells -> row(json, columns, cells));
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void row(JsonGenerator json, List<String> columns, List<Cell> cells) {
        json.writeStartObject();
        for (int i = 0; i < columns.size(); i++) {
            switch (cells.get(i)) {
                case Cell.None _ -> {}
                case Cell.Text(var text) -> json.writeStringProperty(columns.get(i), text);
                case Cell.Whole(var value) -> json.writeNumberProperty(columns.get(i), value);
                case Cell.Texts(var values) -> {
                    json.writeArrayPropertyStart(columns.get(i));
                    values.forEach(json::writeString);
                    json.writeEndArray();
                }
            }
        }
        json.writeEndObject();
    }
}
