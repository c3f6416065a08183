package holdfast.exports;

import java.io.IOException;
import java.io.OutputStream;

/// A kind of file that a table can be written as. Safe for many threads.
public interface Format {
    /// {@return RFC 4180 in UTF-8}
    ///
    /// @param guard whether cells that a spreadsheet would run get an apostrophe in front; taking one away gives the value back
    static Format csv(boolean guard) {
        return new CsvFormat(guard);
    }

    /// {@return XLSX whose cells are texts: never a formula, never a number}
    ///
    /// Characters that XML cannot hold stand as `_x0001_`, and an underscore that a reader would take for the beginning of
    /// such an escape as `_x005F_` (ECMA-376 part 1 §22.9.2.19). A text longer than 32,767 characters and a row beyond
    /// 1,048,576 have no place in XLSX: writing them is refused.
    static Format excel() {
        return new ExcelFormat();
    }

    /// {@return JSON: the head, then a list with one member a column}
    static Format json() {
        return new JsonFormat();
    }

    /// {@return YAML 1.2 with the members of the JSON file}
    static Format yaml() {
        return new YamlFormat();
    }

    /// {@return the end of the file's name, without a dot}
    String ending();

    String mediaType();

    /// Writes the whole file and leaves `out` open.
    void write(Table table, OutputStream out) throws IOException;
}
