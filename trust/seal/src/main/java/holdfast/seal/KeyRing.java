package holdfast.seal;

import holdfast.kernel.Bytes;
import holdfast.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Cares for the keys behind [Seal]: epochs, shredding, and how the root key is unsealed.
///
/// Asks nobody for permission: what people do with it goes through the room that can.
public interface KeyRing {
    /// Opens the root key of a service that started sealed.
    ///
    /// @throws holdfast.kernel.Refusal SEALED when it does not open
    void unseal(Unsealing method);

    /// Moves the root key to another method, online: no value and no tenant key is touched.
    ///
    /// The old key file is deleted; what it opened in older copies of the key store, it still opens there.
    ///
    /// @param first runs when all is ready, right before the change; what it throws leaves everything as it was
    /// @throws holdfast.kernel.Refusal SEALED, CONFLICT when somebody else moved it or the new key file exists, INVALID
    void move(Unsealing to, Runnable first);

    /// Moves the root key, online, to shares: any `threshold` of the `count` open it from now on. As [#move] otherwise.
    ///
    /// @param threshold 2 to `count`
    /// @param count     at most 255
    /// @return the shares, the only time: nobody can make them again; closed by the caller
    List<KeyShare> split(int threshold, int count, Runnable first);

    /// Takes one share of a service that started sealed; with the last one needed the root key opens. Shares that do not
    /// open it are all forgotten.
    ///
    /// @param share given away: closed when it is no longer needed
    /// @throws holdfast.kernel.Refusal SEALED when together they do not open it, CONFLICT when it is open already, INVALID
    ///     when the share is of another splitting
    SealStatus bring(KeyShare share);

    /// {@return a share from its text; given away to [#bring]}
    ///
    /// @throws holdfast.kernel.Refusal INVALID when it is none, or mistyped
    KeyShare share(CharSequence text);

    /// {@return a share as its holder writes it down}
    String text(KeyShare share);

    /// {@return the tenant's newest epoch, from 1}
    int epoch(TenantId tenant);

    /// Starts a new epoch: what is sealed from now on needs it, older values still open.
    ///
    /// @return the new epoch
    int rotate(TenantId tenant);

    /// Moves a sealed value to the tenant's newest epoch by wrapping its data key anew; the value stays as it is.
    ///
    /// @return `sealed` itself when it is there already
    Bytes rewrap(TenantId tenant, Place place, Bytes sealed);

    /// Destroys every key of the tenant: nothing it ever sealed opens again, here or in any backup.
    ///
    /// @return how many keys were destroyed
    int destroy(TenantId tenant);

    /// Makes a new key of the service itself for a purpose; the older ones stay, to verify what they made.
    ///
    /// @param first runs when all is ready, right before the change; what it throws leaves everything as it was
    /// @return its number
    /// @throws holdfast.kernel.Refusal SEALED, CONFLICT when somebody else just did
    int rotateService(String purpose, Runnable first);

    /// {@return the keys of the service itself for a purpose, the newest first}
    List<ServiceKeyState> services(String purpose);

    /// What may be said of a key of the service itself.
    ///
    /// @param created empty for the first, which is as old as the root key
    record ServiceKeyState(int number, Optional<Instant> created) {}

    /// Forgets the shares that were brought, so that people can begin anew. Only who holds a share may: nobody else can
    /// disturb an unsealing.
    ///
    /// @param proof one of the shares that open the root key; closed here
    /// @throws holdfast.kernel.Refusal INVALID, CONFLICT when no share is waited for
    SealStatus forgetShares(KeyShare proof);
}
