package holdfast.identity;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.passwords.PasswordRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is written about a user, checked together: a refusal names every bad field at once.
final class UserForm {
    private static final int LONGEST_NAME = 200; // characters
    private static final int LONGEST_EMAIL =
            254; // characters, RFC 5321 §4.5.3.1.3 without the angle brackets
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");

    private UserForm() {}

    /// @throws Refusal INVALID
    static Username requireNew(
            PasswordRules rules,
            String username,
            String password,
            Optional<String> fullName,
            Optional<String> email) {
        var errors = new ArrayList<FieldError>();
        Optional<Username> name = Optional.empty();
        try {
            name = Optional.of(new Username(username));
        } catch (Refusal refusal) {
            errors.addAll(refusal.fields());
        }
        rules.broken(password, username, "/password").ifPresent(errors::add);
        errors.addAll(errors(fullName, email));
        if (name.isEmpty() || !errors.isEmpty()) {
            throw Refusal.of(errors);
        }
        return name.get();
    }

    /// @throws Refusal INVALID
    static void requireProfile(Optional<String> fullName, Optional<String> email) {
        var errors = errors(fullName, email);
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
    }

    private static List<FieldError> errors(Optional<String> fullName, Optional<String> email) {
        var errors = new ArrayList<FieldError>();
        fullName.filter(text -> !isPlain(text, LONGEST_NAME))
                .ifPresent(_ ->
                        errors.add(
                                FieldError.of(
                                        "/fullName",
                                        "malformed",
                                        "at most 200 characters, none of them a control"
                                                + " character")));
        email.filter(text -> !text.isEmpty())
                .filter(text -> !isPlain(text, LONGEST_EMAIL) || !EMAIL.matcher(text).matches())
                .ifPresent(_ ->
                        errors.add(
                                FieldError.of(
                                        "/email",
                                        "malformed",
                                        "an address such as ada@example.com, at most 254"
                                                + " characters")));
        return errors;
    }

    static boolean isPlain(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                && text.codePoints().noneMatch(Character::isISOControl);
    }
}
