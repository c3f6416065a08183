package holdfast.keys;

import holdfast.access.Permit;
import holdfast.crypto.SignatureScheme;
import holdfast.kernel.Bytes;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is done with a key: one to 1,000 items by one call, with an answer for each and one event. Safe for many threads.
///
/// The event is durable before the answer leaves. All throw, for the whole call, NOT_FOUND; CONFLICT when the key is
/// disabled or cannot do this; SEALED. What is asked for is closed by the caller, what is answered too.
public interface Operations {
    /// Items of one call.
    int MAX_ITEMS = 1_000;

    /// @param permit ENCRYPT_WITH_KEY
    List<Item<Made>> encrypt(Permit permit, KeyName name, List<Item<Plain>> items);

    /// @param permit DECRYPT_WITH_KEY
    List<Item<Opened>> decrypt(Permit permit, KeyName name, List<Item<Wrapped>> items);

    /// Encrypts anew by the newest version, without showing anything.
    ///
    /// @param permit ENCRYPT_WITH_KEY
    List<Item<Made>> rewrap(Permit permit, KeyName name, List<Item<Wrapped>> items);

    /// Makes a key for somebody who encrypts by themselves.
    ///
    /// @param permit ENCRYPT_WITH_KEY
    DataKey dataKey(Permit permit, KeyName name, DataKeyOrder order);

    /// @param permit SIGN_WITH_KEY
    List<Item<Made>> sign(Permit permit, KeyName name, List<Item<Message>> items);

    /// @param permit VERIFY_WITH_KEY
    List<Item<Checked>> verify(Permit permit, KeyName name, List<Item<Claim>> items);

    /// @param permit SIGN_WITH_KEY
    List<Item<Made>> hmac(Permit permit, KeyName name, List<Item<Message>> items);

    /// @param permit VERIFY_WITH_KEY
    List<Item<Checked>> verifyHmac(Permit permit, KeyName name, List<Item<Claim>> items);

    /// @param context must be the same to decrypt; empty for none
    /// @param version empty for the newest
    record Plain(SecretBytes plaintext, Bytes context, Optional<Integer> version) {}

    record Wrapped(VersionedText ciphertext, Bytes context) {}

    /// @param scheme empty for the usual one of the key's type
    record Message(
            SecretBytes input, Optional<SignatureScheme> scheme, Optional<Integer> version) {}

    record Claim(SecretBytes input, Optional<SignatureScheme> scheme, VersionedText text) {}

    /// @param bits  128, 256 or 512
    /// @param shown whether the plaintext is wanted too
    record DataKeyOrder(int bits, boolean shown, Bytes context) {
        /// @throws Refusal INVALID
        public DataKeyOrder {
            if (bits != 128 && bits != 256 && bits != 512) {
                throw Refusal.of(
                        List.of(FieldError.of("/bits", "not-one-of", "128, 256 or 512 bits")));
            }
        }
    }

    /// A ciphertext, signature or HMAC.
    record Made(VersionedText text) {}

    record Opened(SecretBytes plaintext, int version) {}

    record DataKey(Optional<SecretBytes> plaintext, VersionedText ciphertext) {}

    record Checked(boolean valid, int version) {}

    /// Refuses a call with no items or too many.
    static void requireSize(int items) {
        if (items < 1 || items > MAX_ITEMS) {
            throw Refusal.of(
                    List.of(
                            new FieldError(
                                    "/items",
                                    "out-of-range",
                                    "1 to 1000 items",
                                    Map.of("max", String.valueOf(MAX_ITEMS)))));
        }
    }
}
