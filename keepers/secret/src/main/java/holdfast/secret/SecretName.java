package holdfast.secret;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a secret is called inside its tenant. Two names that look alike by Unicode's composed form (NFC) are one.
///
/// @param service folders and a last segment, joined by `/`; 1 to 512 characters
/// @param account one segment, 1 to 255 characters
public record SecretName(String service, String account) {
    private static final String ROOT = "secrets/";
    private static final int MAX_SERVICE = 512; // characters
    private static final int MAX_ACCOUNT = 255; // characters

    /// @throws Refusal INVALID, naming each member that breaks a rule
    public SecretName {
        service = Normalizer.normalize(service, Normalizer.Form.NFC);
        account = Normalizer.normalize(account, Normalizer.Form.NFC);
        var errors = new ArrayList<FieldError>();
        wrong("/service", service, MAX_SERVICE, true).ifPresent(errors::add);
        wrong("/account", account, MAX_ACCOUNT, false).ifPresent(errors::add);
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
    }

    /// {@return the path that policy speaks of}
    public String resource() {
        return ROOT + service + "/" + account;
    }

    /// {@return what every path in a folder begins with}
    ///
    /// @throws Refusal INVALID at `pointer`
    public static String below(String folder, String pointer) {
        var plain = Normalizer.normalize(folder, Normalizer.Form.NFC);
        wrong(pointer, plain, MAX_SERVICE, true)
                .ifPresent(error -> {
                    throw Refusal.of(List.of(error));
                });
        return ROOT + plain + "/";
    }

    /// {@return what every path begins with}
    public static String below() {
        return ROOT;
    }

    private static Optional<FieldError> wrong(
            String pointer, String text, int max, boolean folders) {
        if (text.isEmpty() || text.length() > max) {
            return error(pointer, "too-long", "1 to %d characters".formatted(max));
        }
        if (text.codePoints().anyMatch(SecretName::isUnseen)) {
            return error(pointer, "control-character", "no control or invisible characters");
        }
        if (text.indexOf('*') >= 0) {
            return error(pointer, "star", "no \"*\": it stands for many in patterns");
        }
        if (!folders && text.indexOf('/') >= 0) {
            return error(pointer, "slash", "no \"/\": folders belong to the service");
        }
        boolean empty =
                Arrays.stream(text.split("/", -1))
                        .anyMatch(one -> one.isBlank() || one.equals(".") || one.equals(".."));
        return empty
                ? error(pointer, "empty-segment", "no empty segment, \".\" or \"..\"")
                : Optional.empty();
    }

    /// Controls, marks of direction, halves of pairs, line ends: a name that shows less than it holds deceives its reader.
    private static boolean isUnseen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }

    private static Optional<FieldError> error(String pointer, String code, String detail) {
        return Optional.of(FieldError.of(pointer, code, detail));
    }

    @Override
    public String toString() {
        return service + "/" + account;
    }
}
