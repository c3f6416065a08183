package holdfast.keys;

import holdfast.kernel.Bytes;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// A key as it is stored, without its versions.
///
/// @param leastSealing 0 for the newest only
record KeyRow(
        UUID id,
        KeyName name,
        KeyType type,
        Key.State state,
        int version,
        int leastOpening,
        int leastSealing,
        boolean deletionAllowed,
        int revision,
        Instant created,
        Key.Author createdBy,
        Instant changed) {
    /// One version as it is stored.
    ///
    /// @param material sealed for its place; empty once it is destroyed
    record Version(
            int version,
            Optional<Bytes> material,
            Optional<Bytes> publicKey,
            Instant made,
            Optional<Instant> destroyed) {
        Key.Version shown() {
            return new Key.Version(version, made, publicKey.map(KeyRow::pem), destroyed);
        }
    }

    /// @throws Refusal CONFLICT
    void require(Operation operation) {
        if (!type.can(operation)) {
            throw Problem.CONFLICT
                    .because("a key of type %s does not %s".formatted(type, operation))
                    .with("operation", operation);
        }
        requireEnabled();
    }

    boolean isEnabled() {
        return state == Key.State.ENABLED;
    }

    /// @throws Refusal CONFLICT
    void requireEnabled() {
        if (!isEnabled()) {
            throw Problem.CONFLICT.because("the key is disabled");
        }
    }

    /// @throws Refusal CONFLICT when that version may not do it any more
    void require(Operation operation, int wanted) {
        int least =
                operation.looksBack() ? leastOpening : leastSealing == 0 ? version : leastSealing;
        if (wanted > version) {
            throw Problem.NOT_FOUND.because("the key has no version " + wanted);
        }
        if (wanted < least) {
            throw Problem.CONFLICT
                    .because("the key's settings allow this from version " + least + " on")
                    .with("version", least);
        }
    }

    Key shown(Optional<Bytes> publicKey) {
        return new Key(
                id,
                name.text(),
                type,
                state,
                version,
                leastOpening,
                leastSealing,
                deletionAllowed,
                type.operations(),
                publicKey.map(KeyRow::pem),
                revision,
                created,
                createdBy,
                changed);
    }

    /// RFC 7468 §13.
    private static String pem(Bytes publicKey) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey.toArray())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
