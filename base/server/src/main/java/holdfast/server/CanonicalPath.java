package holdfast.server;

import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Decodes the path of a request once, and refuses every second spelling of the same place.
///
/// Tomcat would drop `;x`, fold `//` and walk `/../` in silence; policy and route must see what the client wrote.
final class CanonicalPath {
    private CanonicalPath() {}

    /// @param raw the request target without its query
    /// @throws Refusal MALFORMED
    static String of(String raw) {
        if (!raw.startsWith("/") || raw.contains(";") || raw.contains("\\") || raw.contains("//")) {
            throw malformed();
        }
        var path = raw.indexOf('%') < 0 ? raw : decode(raw);
        for (var segment : path.substring(1).split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw malformed();
            }
        }
        if (path.codePoints().anyMatch(Character::isISOControl)) {
            throw malformed();
        }
        return path;
    }

    private static String decode(String raw) {
        var bytes = ByteBuffer.allocate(raw.length() * 3);
        for (int i = 0; i < raw.length(); i++) {
            char letter = raw.charAt(i);
            if (letter != '%') {
                bytes.put(String.valueOf(letter).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int octet =
                    i + 2 < raw.length()
                            ? hex(raw.charAt(i + 1)) * 16 + hex(raw.charAt(i + 2))
                            : -1;
            if (octet <= 0x1f || octet == '/' || octet == '\\' || octet == 0x7f) {
                throw malformed();
            }
            bytes.put((byte) octet);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException _) {
            throw malformed();
        }
    }

    private static int hex(char digit) {
        int value = Character.digit(digit, 16);
        return value < 0 ? -1_000 : value;
    }

    private static Refusal malformed() {
        return Problem.MALFORMED.because("the path must be written in its plain, canonical form");
    }
}
