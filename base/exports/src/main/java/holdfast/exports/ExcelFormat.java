package holdfast.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;

/// Inline strings only, so nothing is kept in memory.
///
/// @see Format#excel
record ExcelFormat() implements Format {
    private static final int FLUSH_EVERY = 200; // rows
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
        var workbook = new Workbook(new OpenEnded(out), "Holdfast", "1.0");
        workbook.setCompressionLevel(FAST);
        var sheet = workbook.newWorksheet(title(table.name()));
        sheet.freezePane(0, 1);
        int column = 0;
        for (var name : table.columns()) {
            sheet.inlineString(0, column, name);
            column++;
        }
        var row = new int[] {1};
        table.forEach(cells -> {
            int at = 0;
            for (var cell : cells) {
                sheet.inlineString(row[0], at, cell.text());
                at++;
            }
            row[0]++;
            if (row[0] % FLUSH_EVERY == 0) {
                sheet.flush();
            }
        });
        sheet.finish();
        workbook.finish();
    }

    private static String title(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
