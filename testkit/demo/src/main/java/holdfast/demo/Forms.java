package holdfast.demo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// The ways a value may be written down: as it is, escaped, encoded, in other character sets.
final class Forms {
    private Forms() {}

    /// {@return the name of a form → its bytes}
    static Map<String, byte[]> of(byte[] value) {
        var forms = new LinkedHashMap<String, byte[]>();
        forms.put("plain", value);
        forms.put("hex", ascii(HexFormat.of().formatHex(value)));
        forms.put("HEX", ascii(HexFormat.of().withUpperCase().formatHex(value)));
        for (int before = 0; before < 3; before++) {
            var standard = base64(value, before);
            forms.put("base64 at " + before, ascii(standard));
            forms.put(
                    "base64url at " + before, ascii(standard.replace('+', '-').replace('/', '_')));
        }
        return forms;
    }

    /// {@return the name of a form → its bytes}
    static Map<String, byte[]> of(String value) {
        var forms = of(value.getBytes(StandardCharsets.UTF_8));
        forms.put("UTF-16LE", value.getBytes(StandardCharsets.UTF_16LE));
        forms.put("UTF-16BE", value.getBytes(StandardCharsets.UTF_16BE));
        forms.put("Latin-1", value.getBytes(StandardCharsets.ISO_8859_1));
        put(forms, "JSON", value.replace("\\", "\\\\").replace("\"", "\\\""));
        put(forms, "JSON in JSON", value.replace("\\", "\\\\\\\\").replace("\"", "\\\\\\\""));
        put(forms, "JSON \\u", escaped(value, "\\u%04x"::formatted));
        put(forms, "JSON \\U", escaped(value, "\\u%04X"::formatted));
        put(forms, "XML", value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        put(forms, "HTML", escaped(value, "&#%d;"::formatted));
        var encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        put(forms, "form", encoded);
        put(forms, "URL", encoded.replace("+", "%20"));
        put(forms, "URL in lower case", lowered(encoded.replace("+", "%20")));
        put(forms, "SQL", value.replace("'", "''"));
        return forms;
    }

    private static void put(Map<String, byte[]> forms, String name, String text) {
        forms.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /// What of the encoded value stays the same whatever stands around it.
    ///
    /// @param before bytes in front of it, 0 to 2
    private static String base64(byte[] value, int before) {
        var padded = new byte[before + value.length];
        System.arraycopy(value, 0, padded, before, value.length);
        var text = Base64.getEncoder().withoutPadding().encodeToString(padded);
        int from = before == 0 ? 0 : before + 1; // characters that share bits with what is in front
        int to = padded.length % 3 == 0 ? text.length() : text.length() - 1;
        return text.substring(from, to);
    }

    private static String escaped(String value, IntFunction<String> form) {
        var text = new StringBuilder();
        value.chars()
                .forEach(c ->
                        text.append(
                                Character.isLetterOrDigit(c) && c < 128
                                        ? Character.toString(c)
                                        : form.apply(c)));
        return text.toString();
    }

    private static String lowered(String encoded) {
        var text = new StringBuilder(encoded);
        for (int i = 0; i + 2 < text.length(); i++) {
            if (text.charAt(i) == '%') {
                text.setCharAt(i + 1, Character.toLowerCase(text.charAt(i + 1)));
                text.setCharAt(i + 2, Character.toLowerCase(text.charAt(i + 2)));
            }
        }
        return text.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Whether `form` stands in `content` at `at`.
    static boolean standsIn(byte[] content, int at, byte[] form) {
        return at + form.length <= content.length
                && Arrays.equals(content, at, at + form.length, form, 0, form.length);
    }
}
