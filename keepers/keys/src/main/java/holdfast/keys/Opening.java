package holdfast.keys;

import holdfast.crypto.Crypto;
import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.seal.Seal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// The opened material of one key for one call, each version from its first use. For one thread; closed soon.
final class Opening implements AutoCloseable {
    private static final byte[] LABEL = "holdfast-keys".getBytes(StandardCharsets.US_ASCII);
    private static final byte FORMAT = 1;

    private final Crypto crypto;
    private final Seal.Sealing sealing;
    private final TenantId tenant;
    private final KeyRow row;
    private final Function<Integer, KeyRow.Version> versions;
    private final Map<Integer, SecretBytes> opened = new HashMap<>();

    /// @param versions finds a version, or throws NOT_FOUND
    Opening(
            Ground ground,
            TenantId tenant,
            KeyRow row,
            Function<Integer, KeyRow.Version> versions) {
        this.crypto = ground.crypto();
        this.sealing = ground.seal().sealing(tenant);
        this.tenant = tenant;
        this.row = row;
        this.versions = versions;
    }

    /// {@return the row this was opened for}
    KeyRow row() {
        return row;
    }

    /// {@return the key itself; closed with this}
    ///
    /// @throws holdfast.kernel.Refusal NOT_FOUND when the version was destroyed, SEALED
    SecretBytes material(int version) {
        var known = opened.get(version);
        if (known == null) {
            var sealed =
                    versions.apply(version).material().orElseThrow(() -> Ground.destroyed(version));
            known = sealing.open(Ground.place(row.id(), version), sealed);
            opened.put(version, known);
        }
        return known;
    }

    Bytes publicKey(int version) {
        var one = versions.apply(version);
        if (one.material().isEmpty()) { // destroyed for both halves
            throw Ground.destroyed(version);
        }
        return one.publicKey().orElseThrow();
    }

    VersionedText encrypt(int version, SecretBytes plaintext, Bytes context) {
        return new VersionedText(
                VersionedText.Kind.CIPHERTEXT,
                version,
                crypto.sealExtended(material(version), plaintext, bound(version, context)));
    }

    /// @throws holdfast.crypto.Tampered when it was made elsewhere, for another context, or changed
    SecretBytes decrypt(VersionedText ciphertext, Bytes context) {
        int version = ciphertext.version();
        return crypto.openExtended(material(version), ciphertext.bytes(), bound(version, context));
    }

    /// {@return what a ciphertext is bound to: it opens in its own tenant, by its own key, for its own context}
    private byte[] bound(int version, Bytes context) {
        return ByteBuffer.allocate(LABEL.length + 1 + 16 + 16 + 4 + context.length())
                .put(LABEL)
                .put(FORMAT)
                .putLong(tenant.value().getMostSignificantBits())
                .putLong(tenant.value().getLeastSignificantBits())
                .putLong(row.id().getMostSignificantBits())
                .putLong(row.id().getLeastSignificantBits())
                .putInt(version)
                .put(context.toArray())
                .array();
    }

    @Override
    public void close() {
        opened.values().forEach(SecretBytes::close);
        sealing.close();
    }
}
