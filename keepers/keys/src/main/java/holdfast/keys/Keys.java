package holdfast.keys;

import holdfast.access.Permit;
import holdfast.access.Scope;
import java.util.List;
import java.util.Optional;

/// The life of named keys. Safe to call from many threads.
public interface Keys {
    /// @param permit WRITE_KEY on the name
    /// @throws holdfast.kernel.Refusal CONFLICT when there is one with this name, SEALED
    Key create(Permit permit, Draft draft);

    /// @param scope READ_KEY
    Key.Listing list(Scope scope, KeyQuery query);

    /// @param permit READ_KEY
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Key read(Permit permit, KeyName name);

    /// {@return every version there ever was, the newest first}
    ///
    /// @param permit READ_KEY
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    List<Key.Version> versions(Permit permit, KeyName name);

    /// @param permit   WRITE_KEY
    /// @param expected the revision that the caller saw
    /// @throws holdfast.kernel.Refusal NOT_FOUND, VERSION_CONFLICT, INVALID when a version is named that is not there
    Key change(Permit permit, KeyName name, Change change, int expected);

    /// Adds a version, which works from now on; older ones do what they did.
    ///
    /// @param permit WRITE_KEY
    /// @throws holdfast.kernel.Refusal NOT_FOUND, CONFLICT when somebody else just did or it is disabled, SEALED
    Key rotate(Permit permit, KeyName name);

    /// @param permit WRITE_KEY
    /// @throws holdfast.kernel.Refusal NOT_FOUND, CONFLICT when it is so already
    Key set(Permit permit, KeyName name, Key.State state);

    /// Destroys one version: what it made opens no more, and cannot be brought back.
    ///
    /// @param permit DESTROY_KEY
    /// @throws holdfast.kernel.Refusal NOT_FOUND, CONFLICT when it is the newest or deletion is not allowed
    Key destroy(Permit permit, KeyName name, int version);

    /// Destroys a key with all its versions.
    ///
    /// @param permit DESTROY_KEY
    /// @throws holdfast.kernel.Refusal NOT_FOUND, CONFLICT when deletion is not allowed
    void destroy(Permit permit, KeyName name);

    /// A key to be made.
    record Draft(KeyName name, KeyType type, boolean deletionAllowed) {}

    /// What is to be different.
    ///
    /// @param minEncryptionVersion 0 for the newest only
    record Change(
            Optional<Integer> minDecryptionVersion,
            Optional<Integer> minEncryptionVersion,
            Optional<Boolean> deletionAllowed) {}
}
