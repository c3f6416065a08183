package holdfast.keys;

import static holdfast.keys.Operation.DATA_KEY;
import static holdfast.keys.Operation.DECRYPT;
import static holdfast.keys.Operation.ENCRYPT;
import static holdfast.keys.Operation.HMAC;
import static holdfast.keys.Operation.REWRAP;
import static holdfast.keys.Operation.SIGN;
import static holdfast.keys.Operation.VERIFY;
import static holdfast.keys.Operation.VERIFY_HMAC;

import holdfast.crypto.KeyShape;
import holdfast.crypto.SignatureScheme;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a key is, and so what it can do.
public enum KeyType {
    /// XAES-256-GCM (c2sp.org/XAES-256-GCM).
    AES256_GCM,
    /// RFC 2104 with SHA-256 and 32 bytes of key.
    HMAC_SHA256,
    ED25519,
    ECDSA_P256,
    RSA_2048,
    RSA_3072;

    Set<Operation> operations() {
        return switch (this) {
            case AES256_GCM -> EnumSet.of(ENCRYPT, DECRYPT, REWRAP, DATA_KEY);
            case HMAC_SHA256 -> EnumSet.of(HMAC, VERIFY_HMAC);
            case ED25519, ECDSA_P256, RSA_2048, RSA_3072 -> EnumSet.of(SIGN, VERIFY);
        };
    }

    boolean can(Operation operation) {
        return operations().contains(operation);
    }

    /// {@return the pair it is; empty for a key that is one secret}
    Optional<KeyShape> shape() {
        return switch (this) {
            case AES256_GCM, HMAC_SHA256 -> Optional.empty();
            case ED25519 -> Optional.of(KeyShape.ED25519);
            case ECDSA_P256 -> Optional.of(KeyShape.P256);
            case RSA_2048 -> Optional.of(KeyShape.RSA_2048);
            case RSA_3072 -> Optional.of(KeyShape.RSA_3072);
        };
    }

    /// {@return how it can sign, the usual way first}
    List<SignatureScheme> schemes() {
        return switch (this) {
            case AES256_GCM, HMAC_SHA256 -> List.of();
            case ED25519 -> List.of(SignatureScheme.ED25519);
            case ECDSA_P256 -> List.of(SignatureScheme.ECDSA_P256_SHA256);
            case RSA_2048, RSA_3072 ->
                    List.of(SignatureScheme.RSA_PSS_SHA256, SignatureScheme.RSA_PKCS1_SHA256);
        };
    }
}
