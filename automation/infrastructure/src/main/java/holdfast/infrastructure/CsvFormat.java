package holdfast.infrastructure;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// RFC 4180, UTF-8.
///
/// @param guard whether cells that a spreadsheet would run get an apostrophe in front; taking one away gives the value back
record CsvFormat(boolean guard) implements Credentials.Format {
    private static final String RISKY = "=+-@'\t\r";

    @Override
    public void write(Credentials.Export export, OutputStream out) throws IOException {
        try (var csv = CsvWriter.builder().build(out, StandardCharsets.UTF_8)) {
            csv.writeRecord(Columns.names());
            export.forEach((credential, value) ->
                    csv.writeRecord(
                            Columns.of(credential, value).values().stream()
                                    .map(this::cell)
                                    .toList()));
        }
    }

    private String cell(String text) {
        return guard && !text.isEmpty() && RISKY.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
