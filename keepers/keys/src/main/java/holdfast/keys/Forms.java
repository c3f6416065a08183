package holdfast.keys;

import holdfast.crypto.SignatureScheme;
import holdfast.kernel.Bytes;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What requests for work bring and what answers carry, as JSON. Bytes are base64 (RFC 4648 §4), without line ends.
final class Forms {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_CONTEXT = 1024; // bytes

    private Forms() {}

    /// Something to be encrypted.
    record Plain(SecretBytes plaintext, Optional<String> context, Optional<Integer> version) {
        Operations.Plain read() {
            var place = Forms.context(context);
            return new Operations.Plain(decoded("/plaintext", plaintext), place, version);
        }
    }

    record Wrapped(String ciphertext, Optional<String> context) {
        Operations.Wrapped read() {
            return new Operations.Wrapped(
                    VersionedText.read(VersionedText.Kind.CIPHERTEXT, ciphertext),
                    Forms.context(context));
        }
    }

    /// Something to be signed or authenticated.
    record Message(
            SecretBytes input, Optional<SignatureScheme> algorithm, Optional<Integer> version) {
        Operations.Message read() {
            return new Operations.Message(decoded("/input", input), algorithm, version);
        }
    }

    /// Something that is said to be signed.
    record Signed(SecretBytes input, String signature, Optional<SignatureScheme> algorithm) {
        Operations.Claim read() {
            var text = VersionedText.read(VersionedText.Kind.SIGNATURE, signature);
            return new Operations.Claim(decoded("/input", input), algorithm, text);
        }
    }

    /// Something that is said to be authenticated.
    record Authenticated(SecretBytes input, String hmac) {
        Operations.Claim read() {
            var text = VersionedText.read(VersionedText.Kind.HMAC, hmac);
            return new Operations.Claim(decoded("/input", input), Optional.empty(), text);
        }
    }

    /// @param plaintext whether it is wanted too
    record DataKey(Optional<Integer> bits, Optional<Boolean> plaintext, Optional<String> context) {
        Operations.DataKeyOrder read() {
            return new Operations.DataKeyOrder(
                    bits.orElse(256), plaintext.orElse(true), Forms.context(context));
        }
    }

    record Ciphertext(String ciphertext, int version) {
        static Ciphertext of(Operations.Made made) {
            return new Ciphertext(made.text().text(), made.text().version());
        }
    }

    record Plaintext(SecretBytes plaintext, int version) {
        static Plaintext of(Operations.Opened opened) {
            return new Plaintext(encoded(opened.plaintext()), opened.version());
        }
    }

    record Signature(String signature, int version) {
        static Signature of(Operations.Made made) {
            return new Signature(made.text().text(), made.text().version());
        }
    }

    record Hmac(String hmac, int version) {
        static Hmac of(Operations.Made made) {
            return new Hmac(made.text().text(), made.text().version());
        }
    }

    record NewDataKey(Optional<SecretBytes> plaintext, String ciphertext, int version) {
        static NewDataKey of(Operations.DataKey made) {
            return new NewDataKey(
                    made.plaintext().map(Forms::encoded),
                    made.ciphertext().text(),
                    made.ciphertext().version());
        }
    }

    /// One item of many as it is told: its members, or why it came to nothing.
    record Told<T>(int index, Optional<T> result, Optional<Why> problem) {}

    record Tolds<T>(List<Told<T>> items, int done, int refused) {
        static <B, T> Tolds<T> of(List<Item<B>> answers, Function<B, T> telling) {
            var told = new ArrayList<Told<T>>();
            int refused = 0;
            for (var answer : answers) {
                int index = told.size();
                switch (answer) {
                    case Item.Good<B>(var value) ->
                            told.add(
                                    new Told<>(
                                            index,
                                            Optional.of(telling.apply(value)),
                                            Optional.empty()));
                    case Item.Bad<B>(var why) -> {
                        told.add(new Told<>(index, Optional.empty(), Optional.of(Why.of(why))));
                        refused++;
                    }
                }
            }
            return new Tolds<>(told, told.size() - refused, refused);
        }
    }

    /// Why an item came to nothing, as a problem would say it.
    record Why(String code, String detail, Map<String, String> params, List<FieldError> errors) {
        static Why of(Refusal refusal) {
            return new Why(
                    refusal.problem().code(), refusal.detail(), refusal.params(), refusal.fields());
        }
    }

    private static SecretBytes decoded(String pointer, SecretBytes base64) {
        try (base64) {
            var bytes = SecretBytes.owning(base64.use(lent -> Base64.getDecoder().decode(lent)));
            if (bytes.length() > MAX_BYTES) {
                bytes.close();
                throw Problem.TOO_LARGE.because("at most 1 MiB");
            }
            return bytes;
        } catch (IllegalArgumentException _) {
            throw malformed(pointer);
        }
    }

    private static SecretBytes encoded(SecretBytes bytes) {
        try (bytes) {
            return SecretBytes.owning(bytes.use(lent -> Base64.getEncoder().encode(lent)));
        }
    }

    private static Bytes context(Optional<String> base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64.orElse(""));
            if (bytes.length > MAX_CONTEXT) {
                throw Refusal.of(
                        List.of(FieldError.of("/context", "too-long", "at most 1024 bytes")));
            }
            return Bytes.owning(bytes);
        } catch (IllegalArgumentException _) {
            throw malformed("/context");
        }
    }

    private static Refusal malformed(String pointer) {
        return Refusal.of(
                List.of(
                        FieldError.of(
                                pointer, "malformed", "base64 (RFC 4648 §4) without line ends")));
    }
}
