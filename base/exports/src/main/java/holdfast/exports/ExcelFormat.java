package holdfast.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Inline strings only, so nothing is kept in memory and nothing is a formula.
///
/// @see Format#excel
record ExcelFormat() implements Format {
    private static final int FAST =
            2; // of 9: the file is sent once; compressing harder costs more than the bytes

    @Override
    public String ending() {
        return "xlsx";
    }

    @Override
    public String mediaType() {
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }

    @Override
    public void write(Table table, OutputStream out) throws IOException {
        var zip = new ZipOutputStream(new OpenEnded(out), StandardCharsets.UTF_8);
        zip.setLevel(FAST);
        for (var part : ExcelParts.around(title(table.name())).entrySet()) {
            zip.putNextEntry(new ZipEntry(part.getKey()));
            zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        zip.putNextEntry(new ZipEntry(ExcelParts.SHEET));
        var sheet = new ExcelSheet(zip);
        sheet.begin();
        sheet.row(table.columns());
        table.forEach(cells -> sheet.row(cells.stream().map(Cell::text).toList()));
        sheet.end();
        zip.close(); // only here: closing writes the end of the file
    }

    private static String title(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
