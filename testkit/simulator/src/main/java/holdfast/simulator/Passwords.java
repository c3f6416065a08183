package holdfast.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes passwords as SDDC Manager does, and awkward ones that administrators have chosen.
final class Passwords {
    private static final int LENGTH = 20;
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijkmnopqrstuvwxyz";
    private static final String DIGITS = "23456789";
    private static final String SPECIAL = "!@#$^*";
    private static final String ALL = UPPER + LOWER + DIGITS + SPECIAL;

    /// Values that break exports, parsers and terminals.
    static final List<String> AWKWARD =
            List.of(
                    "Qu\"ote,Comma;2026!",
                    "=HYPERLINK(\"a\")1X",
                    "+4930Plus!Sign",
                    "Smile😀Key🔑2026!",
                    "-1Minus!Start#Q",
                    "@SUM(1+1)Cell!x",
                    "Größe-Straße§2026",
                    "Back\\slash\\n%41!1",
                    "' OR '1'='1 --A9!",
                    "<b>&amp;</b>Html9!",
                    " Leading and trailing 9! ",
                    "日本語パスワード2026!Aa",
                    "Tab\there\tAnd9!Aa",
                    "$(id)`id`${HOME}9!A");

    /// Shortest and longest that a component takes.
    private static final Map<String, int[]> LENGTHS =
            Map.of(
                    "PSC", new int[] {8, 20},
                    "VCENTER", new int[] {8, 20},
                    "NSXT_MANAGER", new int[] {12, 127},
                    "NSXT_EDGE", new int[] {12, 127});

    private Passwords() {}

    /// 20 characters, at least one of each kind, no more than two equal in a row.
    static String generated(RandomGenerator random) {
        while (true) {
            var text = new StringBuilder();
            for (int i = 0; i < LENGTH; i++) {
                text.append(ALL.charAt(random.nextInt(ALL.length())));
            }
            if (isStrong(text)) {
                return text.toString();
            }
        }
    }

    private static boolean isStrong(CharSequence text) {
        for (int i = 2; i < text.length(); i++) {
            if (text.charAt(i) == text.charAt(i - 1) && text.charAt(i) == text.charAt(i - 2)) {
                return false;
            }
        }
        return List.of(UPPER, LOWER, DIGITS, SPECIAL).stream()
                .allMatch(kind -> text.chars().anyMatch(c -> kind.indexOf(c) >= 0));
    }

    /// What is wrong with a chosen password, if anything.
    static Optional<String> objection(String resourceType, String password) {
        var lengths = LENGTHS.getOrDefault(resourceType, new int[] {1, 256});
        int length = password.codePointCount(0, password.length());
        if (length < lengths[0] || length > lengths[1]) {
            return Optional.of(
                    "Password for %s must have %d to %d characters."
                            .formatted(resourceType, lengths[0], lengths[1]));
        }
        if (resourceType.startsWith("NSXT_") && password.codePoints().distinct().count() < 5) {
            return Optional.of("Password for NSX must have 5 different characters.");
        }
        return Optional.empty();
    }

    /// Rules of `admin@local`: 12 to 127, upper, lower, digit, special, no three equal in a row.
    static boolean suitsLocalAdmin(String password) {
        return password.length() >= 12
                && password.length() <= 127
                && password.chars().anyMatch(Character::isUpperCase)
                && password.chars().anyMatch(Character::isLowerCase)
                && password.chars().anyMatch(Character::isDigit)
                && password.chars().anyMatch(c -> "!%@$^#?*".indexOf(c) >= 0)
                && !password.matches(".*(.)\\1\\1.*");
    }
}
