package holdfast.secret;

import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The value of a secret in the clear, on its way in or out.
///
/// @param bytes at most 1 MiB; closed by whoever sends or stores it
public record Content(Kind kind, SecretBytes bytes) implements AutoCloseable {
    /// Most bytes of a request that brings one as JSON: text, each character escaped.
    public static final int JSON = 8 * 1024 * 1024;

    private static final int MAX = 1024 * 1024; // bytes

    /// What a value is made of.
    public enum Kind {
        /// UTF-8.
        TEXT,
        BINARY
    }

    /// @throws Refusal TOO_LARGE
    public Content {
        if (bytes.length() > MAX) {
            bytes.close();
            throw Problem.TOO_LARGE.because("a value has at most 1 MiB");
        }
    }

    /// Reads a value from the two members that a request may name, of which it names one.
    ///
    /// @throws Refusal INVALID, TOO_LARGE
    public static Content of(Optional<SecretBytes> text, Optional<SecretBytes> base64) {
        if (text.isPresent() == base64.isPresent()) {
            text.ifPresent(SecretBytes::close);
            base64.ifPresent(SecretBytes::close);
            throw invalid("/value", "required", "give either value or valueBase64");
        }
        return text.map(value -> new Content(Kind.TEXT, value))
                .orElseGet(() -> new Content(Kind.BINARY, decoded(base64.orElseThrow())));
    }

    private static SecretBytes decoded(SecretBytes base64) {
        try (base64) {
            return SecretBytes.owning(base64.use(lent -> Base64.getDecoder().decode(lent)));
        } catch (IllegalArgumentException _) {
            throw invalid("/valueBase64", "malformed", "base64 (RFC 4648 §4) without line ends");
        }
    }

    /// {@return the bytes for a text member; empty when they are binary}
    public Optional<SecretBytes> text() {
        return kind == Kind.TEXT ? Optional.of(bytes) : Optional.empty();
    }

    /// {@return the bytes in base64; empty when they are text}. Closes what it encoded.
    public Optional<SecretBytes> base64() {
        if (kind == Kind.TEXT) {
            return Optional.empty();
        }
        try (bytes) {
            return Optional.of(
                    SecretBytes.owning(bytes.use(lent -> Base64.getEncoder().encode(lent))));
        }
    }

    private static Refusal invalid(String pointer, String code, String detail) {
        return Refusal.of(List.of(FieldError.of(pointer, code, detail)));
    }

    @Override
    public void close() {
        bytes.close();
    }
}
