package holdfast.identity;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What somebody signs in as, for example `ada`. Case is kept for display and does not count otherwise.
///
/// @param value 3 to 80 of `A-Z a-z 0-9 . _ -`, beginning with a letter
record Username(String value) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{2,79}");

    Username {
        var errors = errors(value, "/username");
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
    }

    /// {@return what is wrong with a name, of a machine too; nothing when it is fine}
    static List<FieldError> errors(String name, String pointer) {
        return SHAPE.matcher(name).matches()
                ? List.of()
                : List.of(
                        FieldError.of(
                                pointer,
                                "malformed",
                                "3 to 80 letters, digits, '.', '_' or '-', beginning with a"
                                        + " letter"));
    }

    String folded() {
        return fold(value);
    }

    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
