package holdfast.app;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Takes secrets out of text that leaves the machine: configured ones by their value, made ones by their shape.
final class Redaction {
    private static final String HIDDEN = "(hidden)";

    /// API tokens, 64 hexadecimal digits (a key), cookies, and whatever follows a name of a secret.
    private static final Pattern SHAPES =
            Pattern.compile(
                    "hf_[A-Za-z0-9_-]+|\\b[0-9a-fA-F]{64}\\b|(?<=__Host-holdfast=)[^;\\s]+"
                            + "|(?i)(?<=(?:password|passphrase|secret|token)[\"']?[=:]\\s?[\"']?)[^\\s\"',;&}]+");

    private final List<String> values;

    Redaction(Settings settings) {
        this.values =
                Arrays.stream(Option.values())
                        .filter(Option::isSecret)
                        .map(settings::value)
                        .filter(value -> !value.isEmpty())
                        .toList();
    }

    String of(String text) {
        var left = text;
        for (var value : values) {
            left = left.replace(value, HIDDEN);
        }
        return SHAPES.matcher(left).replaceAll(HIDDEN);
    }
}
