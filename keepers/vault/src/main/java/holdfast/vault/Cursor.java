package holdfast.vault;

import holdfast.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/// Where a window of a list ended. Opaque to callers.
///
/// @param value what the last row was sorted by
public record Cursor(String value, UUID id) {
    /// @throws holdfast.kernel.Refusal MALFORMED
    static Cursor read(String text) {
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return new Cursor(plain.substring(37), UUID.fromString(plain.substring(0, 36)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            throw malformed();
        }
    }

    /// {@return the value of a cursor of an order by number}
    ///
    /// @throws holdfast.kernel.Refusal MALFORMED when it belongs to another order
    long number() {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException _) {
            throw malformed();
        }
    }

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((id + " " + value).getBytes(StandardCharsets.UTF_8));
    }

    private static holdfast.kernel.Refusal malformed() {
        return Problem.MALFORMED.because("the cursor is not one of this list");
    }
}
