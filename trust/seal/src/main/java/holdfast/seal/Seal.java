package holdfast.seal;

import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import java.util.List;

/// Seals and opens values under their tenant's key. Safe for many threads; never called inside a write transaction.
///
/// Every sealed value has a data key of its own, wrapped by the tenant's key (docs/formats/sealing.md).
public interface Seal {
    /// @throws holdfast.kernel.Refusal SEALED while the root key is not open
    Bytes seal(TenantId tenant, Place place, SecretBytes value);

    /// Opens what [#seal] made for exactly this tenant and place.
    ///
    /// @throws holdfast.kernel.Refusal SEALED
    /// @throws holdfast.crypto.Tampered when it was made for another tenant or place, or changed
    SecretBytes open(TenantId tenant, Place place, Bytes sealed);

    /// As [#seal] and [#open] for many values of one tenant, whose keys are unwrapped once.
    ///
    /// @return closed by the caller, soon: it holds keys
    Sealing sealing(TenantId tenant);

    /// Seals and opens values of one tenant. For one thread.
    interface Sealing extends AutoCloseable {
        /// @throws holdfast.kernel.Refusal SEALED
        Bytes seal(Place place, SecretBytes value);

        /// @throws holdfast.kernel.Refusal SEALED
        /// @throws holdfast.crypto.Tampered when it was made for another tenant or place, or changed
        SecretBytes open(Place place, Bytes sealed);

        @Override
        void close();
    }

    /// {@return the epoch of the tenant's key that a value is sealed under}
    ///
    /// @throws holdfast.crypto.Tampered when these are not the bytes of a sealed value
    static int epoch(Bytes sealed) {
        return Envelope.epoch(sealed);
    }

    /// HMAC-SHA-256 under a key of the tenant, for equality without the value.
    ///
    /// @param purpose separates uses, for example `infrastructure.value`
    Bytes fingerprint(TenantId tenant, String purpose, SecretBytes value);

    /// As [#fingerprint] for many values, whose key is derived once.
    ///
    /// @return closed by the caller, soon: it holds a key
    /// @throws holdfast.kernel.Refusal SEALED
    Fingerprints fingerprints(TenantId tenant, String purpose);

    /// Makes fingerprints of one tenant for one purpose. Safe for many threads.
    interface Fingerprints extends AutoCloseable {
        Bytes of(SecretBytes value);

        @Override
        void close();
    }

    /// {@return the newest key of the service itself for a purpose, for example `proof-of-work`; the caller closes it}
    SecretBytes serviceKey(String purpose, int length);

    /// {@return every key of the service itself for a purpose, the newest first: what older ones made stays good}
    List<ServiceKey> serviceKeys(String purpose, int length);

    /// A key of the service itself. Closed by whoever asked for it.
    ///
    /// @param number from 1, higher with each rotation
    record ServiceKey(int number, SecretBytes key) implements AutoCloseable {
        @Override
        public void close() {
            key.close();
        }
    }

    /// {@return how the root key is unsealed and whether it is open now}
    SealStatus status();
}
