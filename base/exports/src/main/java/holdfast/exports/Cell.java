package holdfast.exports;

import java.util.List;

/// What stands in one column of one row.
public sealed interface Cell {
    /// Nothing: an empty field, and a member that is left out where members have names.
    Cell NONE = new None();

    /// {@return what a format without lists and numbers writes}
    String text();

    /// Nothing.
    record None() implements Cell {
        @Override
        public String text() {
            return "";
        }
    }

    /// A text, written exactly.
    record Text(String text) implements Cell {
        /// It may be a secret.
        @Override
        public String toString() {
            return "Text[redacted]";
        }
    }

    /// A whole number.
    record Whole(long value) implements Cell {
        @Override
        public String text() {
            return Long.toString(value);
        }
    }

    /// Several texts; in one field they are joined by `, `.
    record Texts(List<String> values) implements Cell {
        public Texts {
            values = List.copyOf(values);
        }

        @Override
        public String text() {
            return String.join(", ", values);
        }
    }
}
