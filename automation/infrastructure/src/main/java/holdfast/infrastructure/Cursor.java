package holdfast.infrastructure;

import holdfast.kernel.Micros;
import holdfast.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/// Where a window of a list ended. Opaque to callers.
///
/// @param value what the last row was sorted by
record Cursor(String value, UUID id) {
    static Cursor of(Instant place, UUID id) {
        return new Cursor(Long.toString(Micros.of(place)), id);
    }

    /// @throws holdfast.kernel.Refusal MALFORMED
    static Cursor read(String text) {
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return new Cursor(plain.substring(37), UUID.fromString(plain.substring(0, 36)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            throw Problem.MALFORMED.because("the cursor is not one of this list");
        }
    }

    Instant instant() {
        return Micros.toInstant(number());
    }

    long number() {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException _) {
            throw Problem.MALFORMED.because("the cursor is not one of this list");
        }
    }

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((id + " " + value).getBytes(StandardCharsets.UTF_8));
    }
}
