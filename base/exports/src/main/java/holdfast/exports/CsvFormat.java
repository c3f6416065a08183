package holdfast.exports;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// @see Format#csv
record CsvFormat(boolean guard) implements Format {
    private static final String RISKY = "=+-@'\t\r";

    @Override
    public String ending() {
        return "csv";
    }

    @Override
    public String mediaType() {
        return "text/csv; charset=utf-8";
    }

    @Override
    public void write(Table table, OutputStream out) throws IOException {
        try (var csv = CsvWriter.builder().build(new OpenEnded(out), StandardCharsets.UTF_8)) {
            csv.writeRecord(table.columns());
            table.forEach(cells -> csv.writeRecord(cells.stream().map(this::field).toList()));
        }
    }

    private String field(Cell cell) {
        var text = cell.text();
        return guard && !text.isEmpty() && RISKY.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
