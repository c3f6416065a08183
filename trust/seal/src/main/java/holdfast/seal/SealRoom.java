package holdfast.seal;

import holdfast.crypto.Crypto;
import java.time.InstantSource;

/// The room, put together.
public record SealRoom(Seal seal, KeyRing keys) {
    /// Opens the root key, or makes it at first start.
    ///
    /// Starts sealed when the key store waits for another method than `unsealing`: then [KeyRing#unseal] opens it.
    ///
    /// @param unsealing the key file or passphrase of the configuration
    /// @throws holdfast.kernel.Refusal SEALED when key file or passphrase do not open the root key or others may read
    ///     the key file, INVALID when a new passphrase is too short
    public static SealRoom assemble(
            Crypto crypto, KeyStore store, Unsealing unsealing, InstantSource clock) {
        var seal = new EnvelopeSeal(crypto, store, unsealing, clock);
        return new SealRoom(seal, seal);
    }
}
