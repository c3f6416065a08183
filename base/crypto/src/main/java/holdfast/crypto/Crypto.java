package holdfast.crypto;

import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;

/// Primitives, each from the fastest provider that loads. Safe for many threads.
public interface Crypto {
    /// AES-256-GCM (NIST SP 800-38D): a fresh random nonce of 12 bytes, then ciphertext and a tag of 16 bytes.
    Bytes seal(SecretBytes key, SecretBytes plaintext, byte[] associatedData);

    /// Opens what [#seal] made.
    ///
    /// @throws Tampered when key, associated data or a single bit differs
    SecretBytes open(SecretBytes key, Bytes sealed, byte[] associatedData);

    /// XAES-256-GCM (c2sp.org/XAES-256-GCM): as [#seal] with a nonce of 24 bytes, for a key that seals without end.
    Bytes sealExtended(SecretBytes key, SecretBytes plaintext, byte[] associatedData);

    /// Opens what [#sealExtended] made.
    ///
    /// @throws Tampered when key, associated data or a single bit differs
    SecretBytes openExtended(SecretBytes key, Bytes sealed, byte[] associatedData);

    /// HKDF-SHA-256 (RFC 5869).
    SecretBytes derive(SecretBytes key, byte[] salt, byte[] info, int length);

    /// HMAC-SHA-256 (RFC 2104).
    Bytes mac(SecretBytes key, byte[] message);

    /// SHA-256 (FIPS 180-4).
    byte[] sha256(byte[]... parts);

    /// {@return fresh random bytes from the injected source}
    SecretBytes random(int length);

    /// Argon2id (RFC 9106), for keys from passphrases and for password hashes. Slow on purpose: never on a writer thread.
    SecretBytes argon2id(SecretBytes password, byte[] salt, Argon2Cost cost, int length);

    /// A new Ed25519 key (RFC 8032).
    SigningKey newSigningKey();

    /// @param seed the 32 bytes of RFC 8032 §5.1.5
    SigningKey signingKey(SecretBytes seed);

    /// @param publicKey 32 bytes
    boolean verify(byte[] publicKey, byte[] message, byte[] signature);

    /// {@return key pairs of other kinds}
    Signatures signatures();

    /// {@return which provider serves which algorithm, in the order of a report}
    java.util.SequencedMap<String, String> providers();
}
