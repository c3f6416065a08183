package holdfast.crypto;

import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;

/// Signs with private keys that are kept as bytes between two uses, and verifies. Safe for many threads.
public interface Signatures {
    /// {@return a fresh pair}
    ///
    /// RSA takes long: a good part of a second for 3072 bits.
    Pair newPair(KeyShape shape);

    /// @param privateKey of the scheme's family
    Bytes sign(SignatureScheme scheme, SecretBytes privateKey, byte[] message);

    /// {@return false also for a signature that is none}
    ///
    /// @param publicKey of the scheme's family
    boolean verify(SignatureScheme scheme, Bytes publicKey, byte[] message, byte[] signature);

    /// Both halves.
    ///
    /// @param privateKey PKCS #8, RFC 5958; the caller closes it
    /// @param publicKey  SubjectPublicKeyInfo, RFC 5280 §4.1.2.7
    record Pair(SecretBytes privateKey, Bytes publicKey) {}
}
