package holdfast.exports;

import holdfast.kernel.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The rows of one worksheet, written as they come. For one thread.
final class ExcelSheet {
    private static final int MOST_ROWS = 1_048_576;
    private static final int LONGEST = 32_767; // UTF-16 units in a cell
    private static final int FULL = 1 << 16; // characters that are kept before they are written

    private final OutputStream out;
    private final StringBuilder xml = new StringBuilder(2 * FULL);
    private int rows;

    ExcelSheet(OutputStream out) {
        this.out = out;
    }

    /// The first row stays in sight.
    void begin() {
        xml.append(ExcelParts.DECLARATION)
                .append("<worksheet xmlns=\"")
                .append(ExcelParts.SPREADSHEET)
                .append("\"><sheetViews><sheetView workbookViewId=\"0\">")
                .append("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\"")
                .append(" state=\"frozen\"/></sheetView></sheetViews><sheetData>");
    }

    /// An empty text is a cell that is not there.
    void row(List<String> texts) throws IOException {
        if (rows == MOST_ROWS) {
            throw Problem.TOO_LARGE.because(
                    "a sheet of XLSX has no more than %d rows; take csv, json or yaml"
                            .formatted(MOST_ROWS));
        }
        rows++;
        xml.append("<row r=\"").append(rows).append("\">");
        int column = 0;
        for (var text : texts) {
            if (!text.isEmpty()) {
                cell(column, text);
            }
            column++;
        }
        xml.append("</row>");
        if (xml.length() > FULL) {
            flush();
        }
    }

    void end() throws IOException {
        xml.append("</sheetData></worksheet>");
        flush();
    }

    private void cell(int column, String text) {
        if (text.length() > LONGEST) {
            throw Problem.TOO_LARGE.because(
                    "row %d has a text longer than the %d characters of a cell of XLSX; take csv, json or yaml"
                            .formatted(rows, LONGEST));
        }
        xml.append("<c r=\"");
        letters(column);
        xml.append(rows).append("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        ExcelText.append(xml, text);
        xml.append("</t></is></c>");
    }

    /// `A` for 0, `AB` for 27.
    private void letters(int column) {
        if (column >= 26) {
            letters(column / 26 - 1);
        }
        xml.append((char) ('A' + column % 26));
    }

    private void flush() throws IOException {
        out.write(xml.toString().getBytes(StandardCharsets.UTF_8));
        xml.setLength(0);
    }
}
