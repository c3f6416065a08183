package holdfast.keys;

import holdfast.kernel.Bytes;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// What a key made, as text that names the version which made it: `hfkc1:3:<base64>` (docs/formats/keys.md).
///
/// @param kind what it is
/// @param bytes in the form that the kind says
public record VersionedText(Kind kind, int version, Bytes bytes) {
    private static final Pattern FORM =
            Pattern.compile("(hfk[csm]1):([1-9][0-9]{0,8}):([A-Za-z0-9+/]+={0,2})");

    /// The kinds there are.
    public enum Kind {
        CIPHERTEXT("hfkc1", "/ciphertext"),
        SIGNATURE("hfks1", "/signature"),
        HMAC("hfkm1", "/hmac");

        private final String prefix;
        private final String pointer;

        Kind(String prefix, String pointer) {
            this.prefix = prefix;
            this.pointer = pointer;
        }
    }

    /// @throws Refusal INVALID when it is not of this kind and form
    static VersionedText read(Kind kind, String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches() || !parts.group(1).equals(kind.prefix)) {
            throw malformed(kind);
        }
        try {
            return new VersionedText(
                    kind,
                    Integer.parseInt(parts.group(2)),
                    Bytes.owning(Base64.getDecoder().decode(parts.group(3))));
        } catch (IllegalArgumentException _) {
            throw malformed(kind);
        }
    }

    private static Refusal malformed(Kind kind) {
        return Refusal.of(
                List.of(
                        FieldError.of(
                                kind.pointer,
                                "malformed",
                                "must look like %s:1:… as this service made it"
                                        .formatted(kind.prefix))));
    }

    /// {@return the refusal of one that does not open, without saying why}
    Refusal unopened() {
        return Refusal.of(
                List.of(
                        FieldError.of(
                                kind.pointer,
                                "not-authentic",
                                "was not made by this key for this context, or was changed")));
    }

    /// {@return the text}
    public String text() {
        return kind.prefix
                + ":"
                + version
                + ":"
                + Base64.getEncoder().encodeToString(bytes.toArray());
    }

    @Override
    public String toString() {
        return kind.prefix + ":" + version + ":…";
    }
}
