package holdfast.keys;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.util.List;
import java.util.regex.Pattern;

/// What a key is called inside its tenant. It never changes; after a key is destroyed another may have its name.
///
/// @param text 1 to 128 letters and digits of ASCII, `.`, `_` and `-`; begins with a letter or digit
public record KeyName(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final String ROOT = "keys/";

    /// @throws Refusal INVALID at `/name`
    public KeyName {
        if (!FORM.matcher(text).matches()) {
            throw Refusal.of(
                    List.of(
                            FieldError.of(
                                    "/name",
                                    "malformed",
                                    "1 to 128 letters, digits, \".\", \"_\" and \"-\", a letter or"
                                            + " digit first")));
        }
    }

    /// {@return the path that policy speaks of}
    public String resource() {
        return ROOT + text;
    }

    @Override
    public String toString() {
        return text;
    }
}
