/// Writes what is kept as files that other programs open, row by row: CSV, XLSX, JSON and YAML from a [Table], KeePass from entries.
///
/// Front doors: [Format] and [KeepassFile]. No file is ever whole in memory, and a writer leaves the stream it was given open, so that
/// a file which breaks off is cut and never looks complete. What is in the rows is the caller's to know.
@NullMarked
package holdfast.exports;

import org.jspecify.annotations.NullMarked;
