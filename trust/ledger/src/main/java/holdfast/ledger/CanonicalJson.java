package holdfast.ledger;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// Writes JSON in its one canonical form (RFC 8785).
///
/// Takes strings, booleans, whole numbers up to 2^53 - 1, doubles, lists and maps of these; ids, times and enums as strings.
final class CanonicalJson {
    private static final long SAFE = (1L << 53) - 1; // RFC 8785 §3.2.2.3, RFC 7493 §2.2
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(256);

    static String write(Object value) {
        var json = new CanonicalJson();
        json.value(value);
        return json.out.toString();
    }

    private void value(Object value) {
        switch (value) {
            case String text -> string(text);
            case Boolean truth -> out.append(truth.booleanValue());
            case Integer number -> out.append(number.intValue());
            case Long number -> whole(number);
            case Double number -> real(number);
            case Map<?, ?> members -> object(members);
            case List<?> items -> array(items);
            case UUID id -> string(id.toString());
            case Instant time -> string(time.toString());
            case Enum<?> constant -> string(constant.name());
            default ->
                    throw new IllegalArgumentException(
                            "no canonical JSON for " + value.getClass().getName());
        }
    }

    /// RFC 8785 §3.2.3: members by the UTF-16 code units of their names, which is how Java compares strings.
    private void object(Map<?, ?> members) {
        char before = '{';
        for (var member : sorted(members).entrySet()) {
            out.append(before);
            string((String) member.getKey());
            out.append(':');
            value(member.getValue());
            before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
    }

    /// An event may name many thousand items: what is in order already is not sorted again.
    private static Map<?, ?> sorted(Map<?, ?> members) {
        return members instanceof SortedMap<?, ?> ordered && ordered.comparator() == null
                ? members
                : new TreeMap<>(members);
    }

    private void array(List<?> items) {
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            value(items.get(i));
        }
        out.append(']');
    }

    private void whole(long number) {
        if (number > SAFE || number < -SAFE) {
            throw new IllegalArgumentException("no canonical JSON for a number beyond 2^53 - 1");
        }
        out.append(number);
    }

    /// RFC 8785 §3.2.2.3: as ECMAScript writes a number (ECMA-262, Number::toString).
    private void real(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("no canonical JSON for " + number);
        }
        if (number == 0) {
            out.append('0');
            return;
        }
        if (number < 0) {
            out.append('-');
        }
        var shortest = shortest(Math.abs(number));
        var digits = shortest.unscaledValue().toString();
        int count = digits.length();
        int point = count - shortest.scale(); // ECMA-262 calls it n
        if (count <= point && point <= 21) {
            out.append(digits).repeat('0', point - count);
        } else if (0 < point && point <= 21) {
            out.append(digits, 0, point).append('.').append(digits, point, count);
        } else if (-6 < point && point <= 0) {
            out.append("0.").repeat('0', -point).append(digits);
        } else {
            exponential(digits, point - 1);
        }
    }

    /// Java writes two digits at least, ECMAScript one where one is enough: 5e-324.
    private static BigDecimal shortest(double number) {
        var decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        var rounded = decimal.round(new MathContext(1)).stripTrailingZeros();
        return rounded.doubleValue() == number ? rounded : decimal;
    }

    private void exponential(String digits, int exponent) {
        out.append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+').append(Math.abs(exponent));
    }

    /// RFC 8785 §3.2.2.2. Half a surrogate pair has no UTF-8 form: U+FFFD stands for it.
    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(unit).append(text.charAt(++i));
            } else {
                character(unit);
            }
        }
        out.append('"');
    }

    private void character(char unit) {
        switch (unit) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> {
                if (unit < 0x20) {
                    out.append("\\u00").append(HEX[unit >> 4]).append(HEX[unit & 0xf]);
                } else {
                    out.append(Character.isSurrogate(unit) ? '\ufffd' : unit);
                }
            }
        }
    }
}
