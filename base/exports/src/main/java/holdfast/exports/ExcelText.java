package holdfast.exports;

import java.util.regex.Pattern;

/// Text as it stands in a cell of an XLSX file: XML, and in it the escapes of ECMA-376 part 1 §22.9.2.19 (ST_Xstring).
final class ExcelText {
    /// What a reader would take for an escape: one that stands there, or one that the escape behind it would complete.
    private static final Pattern LOOKS_ESCAPED =
            Pattern.compile(
                    "_(?=x[0-9A-Fa-f]{4}[_\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF\\uD800-\\uDFFF])");

    private ExcelText() {}

    /// Writes `_x0001_` for what XML has no form for, and `_x005F_` for an underscore that would begin such an escape.
    static void append(StringBuilder xml, String text) {
        var exact = text.contains("_x") ? LOOKS_ESCAPED.matcher(text).replaceAll("_x005F_") : text;
        for (int at = 0; at < exact.length(); at++) {
            char unit = exact.charAt(at);
            if (unit >= ' ' && unit < 0xD800) {
                visible(xml, unit);
            } else if (Character.isSurrogatePair(unit, next(exact, at))) {
                xml.append(unit).append(exact.charAt(++at));
            } else if (hasForm(unit)) {
                other(xml, unit);
            } else {
                xml.append("_x%04X_".formatted((int) unit));
            }
        }
    }

    private static char next(String text, int at) {
        return at + 1 < text.length() ? text.charAt(at + 1) : 0;
    }

    /// XML 1.0 §2.2, for what is neither visible nor a pair.
    private static boolean hasForm(char unit) {
        return unit == '\t' || unit == '\n' || unit == '\r' || (unit >= 0xE000 && unit < 0xFFFE);
    }

    private static void visible(StringBuilder xml, char unit) {
        switch (unit) {
            case '&' -> xml.append("&amp;");
            case '<' -> xml.append("&lt;");
            case '>' -> xml.append("&gt;");
            default -> xml.append(unit);
        }
    }

    /// A return that stood there as it is would be read as a new line.
    private static void other(StringBuilder xml, char unit) {
        if (unit == '\r') {
            xml.append("&#13;");
        } else {
            xml.append(unit);
        }
    }
}
