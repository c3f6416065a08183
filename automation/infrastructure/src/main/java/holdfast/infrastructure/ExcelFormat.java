package holdfast.infrastructure;

import java.io.IOException;
import java.io.OutputStream;
import org.dhatim.fastexcel.Workbook;

/// XLSX whose cells are inline strings: never a formula, never a number, nothing kept in memory.
final class ExcelFormat implements Credentials.Format {
    private static final int FLUSH_EVERY = 200; // rows

    @Override
    public void write(Credentials.Export export, OutputStream out) throws IOException {
        var workbook = new Workbook(out, "Holdfast", "1.0");
        var sheet = workbook.newWorksheet("Credentials");
        sheet.freezePane(0, 1);
        int column = 0;
        for (var name : Columns.names()) {
            sheet.inlineString(0, column, name);
            column++;
        }
        var row = new int[] {1};
        export.forEach((credential, value) -> {
            int at = 0;
            for (var text : Columns.of(credential, value).values()) {
                sheet.inlineString(row[0], at, text);
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
}
