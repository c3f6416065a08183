package holdfast.passwords;

import com.nulabinc.zxcvbn.Zxcvbn;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a new password must be. Safe for many threads.
public final class PasswordRules {
    static final int SHORTEST = 12; // characters
    static final int LONGEST = 128; // characters
    static final int STRONG_ENOUGH = 3; // of 4, zxcvbn's scale

    private final int classes;
    private final Optional<BreachedList> breached;

    /// Its dictionaries take 15 MB and are asked for when somebody chooses a password: let go when memory is wanted.
    private SoftReference<Zxcvbn> remembered = new SoftReference<>(null);

    /// @param classes  how many of small letters, capital letters, digits and other characters there must be, 0 to 4
    /// @param breached what nobody may choose
    public PasswordRules(int classes, Optional<BreachedList> breached) {
        this.classes = classes;
        this.breached = breached;
    }

    /// @param pointer the member of the body that holds the password, for the refusal
    /// @throws Refusal INVALID
    public void require(String password, String username, String pointer) {
        broken(password, username, pointer)
                .ifPresent(error -> {
                    throw Refusal.of(List.of(error));
                });
    }

    public Strength estimate(String password, String username) {
        var cut = password.length() <= LONGEST ? password : password.substring(0, LONGEST);
        var measured = estimator().measure(cut, List.of("holdfast", username));
        var feedback = measured.getFeedback();
        return new Strength(
                measured.getScore(),
                broken(password, username, "/password").isEmpty(),
                Optional.ofNullable(feedback.getWarning()).filter(text -> !text.isBlank()),
                List.copyOf(feedback.getSuggestions()));
    }

    /// {@return what is wrong with a password; empty when nothing is}
    public Optional<FieldError> broken(String password, String username, String pointer) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            return Optional.of(
                    new FieldError(
                            pointer,
                            "too-short",
                            "at least %d characters".formatted(SHORTEST),
                            Map.of("min", String.valueOf(SHORTEST))));
        }
        if (length > LONGEST) {
            return Optional.of(
                    new FieldError(
                            pointer,
                            "too-long",
                            "at most %d characters".formatted(LONGEST),
                            Map.of("max", String.valueOf(LONGEST))));
        }
        if (fold(password).equals(fold(username))) {
            return Optional.of(FieldError.of(pointer, "is-username", "not the user name"));
        }
        if (classes(password) < classes) {
            return Optional.of(
                    new FieldError(
                            pointer,
                            "too-few-classes",
                            ("%d of these four: small letters, capital letters, digits, other"
                                            + " characters")
                                    .formatted(classes),
                            Map.of("min", String.valueOf(classes))));
        }
        if (estimator().measure(password, List.of("holdfast", username)).getScore()
                < STRONG_ENOUGH) {
            return Optional.of(
                    FieldError.of(
                            pointer,
                            "too-weak",
                            "too easy to guess: add words that do not belong together"));
        }
        return breached.filter(list -> list.contains(password))
                .map(_ -> FieldError.of(pointer, "breached", "not one that others have lost"));
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static long classes(String password) {
        return password.codePoints()
                .map(letter ->
                        Character.isLowerCase(letter)
                                ? 1
                                : Character.isUpperCase(letter)
                                        ? 2
                                        : Character.isDigit(letter) ? 3 : 4)
                .distinct()
                .count();
    }

    private synchronized Zxcvbn estimator() {
        var known = remembered.get();
        if (known != null) {
            return known;
        }
        var estimator = new Zxcvbn();
        remembered = new SoftReference<>(estimator);
        return estimator;
    }

    /// How good a password would be.
    ///
    /// @param score 0 to 4
    public record Strength(
            int score, boolean accepted, Optional<String> warning, List<String> suggestions) {}
}
