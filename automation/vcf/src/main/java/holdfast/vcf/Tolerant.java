package holdfast.vcf;

import holdfast.kernel.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads members of foreign JSON that may be absent, null, of another type or too long, and never fails.
final class Tolerant {
    private static final int MAX_TEXT =
            255; // characters: longer names do not fit an index, and VCF has none
    private static final Pattern MASK = Pattern.compile("[*•●]{3,}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}]+");
    private static final int NEVER_FROM_YEAR = 2200; // VCF writes about 2297 for "never"

    private Tolerant() {}

    /// {@return the text without control characters, empty when there is none}
    static String text(JsonNode node, String member) {
        var value = node.path(member);
        if (!value.isString() && !value.isNumber()) {
            return "";
        }
        var clean = CONTROL.matcher(value.asString()).replaceAll(" ").strip();
        return clean.length() > MAX_TEXT ? clean.substring(0, MAX_TEXT) : clean;
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
        boolean isText = StandardCharsets.UTF_8.newEncoder().canEncode(told);
        return told.isBlank() || !isText || MASK.matcher(told).matches()
                ? Optional.empty()
                : Optional.of(SecretBytes.ofUtf8(told));
    }

    static Optional<Instant> instant(JsonNode node, String member) {
        var told = text(node, member);
        if (told.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(told).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// {@return an end of validity; far in the future means never}
    static Optional<Instant> expiry(JsonNode node, String member) {
        return instant(node, member)
                .map(end ->
                        end.atZone(java.time.ZoneOffset.UTC).getYear() >= NEVER_FROM_YEAR
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
                found.add(CONTROL.matcher(element.asString()).replaceAll(" ").strip());
            }
        }
        return found;
    }
}
