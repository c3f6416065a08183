package holdfast.vcf;

import holdfast.kernel.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads members of foreign JSON that may be absent, null, of another type or too long, and never fails.
final class Tolerant {
    private static final int MAX_TEXT =
            255; // characters: longer names do not fit an index, and VCF has none
    private static final String MASKS = "*•●";
    private static final Pattern MASK = Pattern.compile("[" + MASKS + "]{3,}");
    private static final String USUAL_TIME = "0000-00-00T00:00:00.000Z"; // each 0 is a digit
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}]+");
    private static final int NEVER_FROM_YEAR = 2200; // VCF writes about 2297 for "never"

    private Tolerant() {}

    /// {@return the text without control characters, empty when there is none}
    static String text(JsonNode node, String member) {
        var value = node.path(member);
        if (!value.isString() && !value.isNumber()) {
            return "";
        }
        var clean = clean(value.asString());
        return clean.length() > MAX_TEXT ? clean.substring(0, MAX_TEXT) : clean;
    }

    private static String clean(String told) {
        return (isPlain(told) ? told : CONTROL.matcher(told).replaceAll(" ")).strip();
    }

    /// {@return whether there is nothing to clean; as a rule there is not, and a look is cheaper than a search}
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one < ' ' || one == '\u007f' || Character.isSurrogate(one)) {
                return false;
            }
        }
        return true;
    }

    static Optional<String> optionalText(JsonNode node, String member) {
        return Optional.of(text(node, member)).filter(text -> !text.isEmpty());
    }

    /// {@return the value exactly as told; empty when absent, blank, masked or no text (half a character)}
    static Optional<SecretBytes> secret(JsonNode node, String member) {
        return secret(node.path(member));
    }

    static Optional<SecretBytes> secret(JsonNode value) {
        if (!value.isString()) {
            return Optional.empty();
        }
        var told = value.asString();
        boolean isText = isPlain(told) || StandardCharsets.UTF_8.newEncoder().canEncode(told);
        return told.isBlank() || !isText || isMask(told)
                ? Optional.empty()
                : Optional.of(SecretBytes.ofUtf8(told));
    }

    private static boolean isMask(String told) {
        return MASKS.indexOf(told.charAt(0)) >= 0 && MASK.matcher(told).matches();
    }

    static Optional<Instant> instant(JsonNode node, String member) {
        var told = text(node, member);
        if (told.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(isUsualTime(told) ? usualTime(told) : longWay(told));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Instant longWay(String told) {
        return OffsetDateTime.parse(told).toInstant();
    }

    /// {@return whether it is of the form that VCF writes a dozen thousand times, which is read without a formatter}
    private static boolean isUsualTime(String told) {
        if (told.length() != USUAL_TIME.length()) {
            return false;
        }
        for (int i = 0; i < told.length(); i++) {
            char wanted = USUAL_TIME.charAt(i);
            char one = told.charAt(i);
            if (wanted == '0' ? one < '0' || one > '9' : one != wanted) {
                return false;
            }
        }
        return true;
    }

    private static Instant usualTime(String told) {
        return LocalDateTime.of(
                        number(told, 0, 4),
                        number(told, 5, 7),
                        number(told, 8, 10),
                        number(told, 11, 13),
                        number(told, 14, 16),
                        number(told, 17, 19),
                        number(told, 20, 23) * 1_000_000)
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    /// {@return an end of validity; far in the future means never}
    static Optional<Instant> expiry(JsonNode node, String member) {
        return instant(node, member)
                .map(end ->
                        end.atZone(ZoneOffset.UTC).getYear() >= NEVER_FROM_YEAR
                                ? Instant.MAX
                                : end);
    }

    static Optional<Integer> number(JsonNode node, String member) {
        var value = node.path(member);
        return value.canConvertToInt() && value.isNumber()
                ? Optional.of(value.asInt())
                : Optional.empty();
    }

    /// {@return the texts of an array member}
    static List<String> texts(JsonNode node, String member) {
        var found = new ArrayList<String>();
        for (var element : node.path(member)) {
            if (element.isString() && !element.asString().isBlank()) {
                found.add(clean(element.asString()));
            }
        }
        return found;
    }
}
