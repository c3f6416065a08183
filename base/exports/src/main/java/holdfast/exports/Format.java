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
