package holdfast.kernel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Where a window of a list ended. Opaque to callers.
///
/// @param value what the last row was sorted by
public record Cursor(String value, UUID id) {
    public static Cursor of(Instant place, UUID id) {
        return new Cursor(Long.toString(Micros.of(place)), id);
    }

    /// @throws holdfast.kernel.Refusal MALFORMED
    public static Cursor read(String text) {
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return new Cursor(plain.substring(37), UUID.fromString(plain.substring(0, 36)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            throw Problem.MALFORMED.because("the cursor is not one of this list");
        }
    }

    /// {@return the first `limit` of `found`, of which one more was asked for}
    public static <T> List<T> shown(List<T> found, int limit) {
        return found.size() > limit ? found.subList(0, limit) : found;
    }

    /// {@return where the window after `found` begins; empty at the end of the list}
    public static <T> Optional<String> next(List<T> found, int limit, Function<T, Cursor> place) {
        return found.size() > limit
                ? Optional.of(place.apply(found.get(limit - 1)).text())
                : Optional.empty();
    }

    public Instant instant() {
        return Micros.toInstant(number());
    }

    public long number() {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException _) {
            throw Problem.MALFORMED.because("the cursor is not one of this list");
        }
    }

    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((id + " " + value).getBytes(StandardCharsets.UTF_8));
    }
}
