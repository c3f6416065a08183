package holdfast.exports;

import java.io.IOException;
import java.util.List;
import java.util.SequencedMap;

/// Rows for a file. They are read while the file is written.
public interface Table {
    /// {@return what the rows are, for example `credentials`; names a sheet or a list}
    String name();

    /// {@return what formats with named members say above the rows}
    SequencedMap<String, String> head();

    /// {@return the names of the columns, in order}
    List<String> columns();

    /// Lends every row in order.
    void forEach(Rows rows) throws IOException;

    /// Takes the rows of a table.
    @FunctionalInterface
    interface Rows {
        /// @param cells as many as there are columns; lent for the call
        void take(List<Cell> cells) throws IOException;
    }
}
