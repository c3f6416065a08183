package holdfast.crypto;

import holdfast.kernel.SecretBytes;

/// An Ed25519 private key.
public interface SigningKey {
    /// {@return 64 bytes}
    byte[] sign(byte[] message);

    /// {@return 32 bytes}
    byte[] publicKey();

    /// {@return the 32 bytes it is made of; the caller closes them}
    SecretBytes seed();
}
