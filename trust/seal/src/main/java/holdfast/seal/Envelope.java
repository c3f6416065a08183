package holdfast.seal;

import holdfast.crypto.Crypto;
import holdfast.crypto.Tampered;
import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The bytes of a sealed value, format 1 (docs/formats/sealing.md).
///
/// `format(1) suite(1) epoch(4) wrapped data key(60) value(12 + n + 16)`
final class Envelope {
    private static final byte FORMAT = 1;
    private static final byte AES_256_GCM = 1; // the only suite yet
    private static final int HEADER = 6; // bytes
    private static final int DATA_KEY = 32; // bytes
    private static final int OVERHEAD = 28; // bytes: nonce and tag
    private static final int WRAPPED = DATA_KEY + OVERHEAD; // bytes
    private static final int SHORTEST = HEADER + WRAPPED + OVERHEAD; // bytes
    private static final byte[] LABEL = "holdfast-seal".getBytes(StandardCharsets.US_ASCII);

    private final Crypto crypto;

    Envelope(Crypto crypto) {
        this.crypto = crypto;
    }

    Bytes seal(SecretBytes tenantKey, int epoch, TenantId tenant, Place place, SecretBytes value) {
        try (var dataKey = crypto.random(DATA_KEY)) {
            var wrapped = crypto.seal(tenantKey, dataKey, keyContext(epoch, tenant, place));
            var sealed = crypto.seal(dataKey, value, valueContext(tenant, place));
            return joined(epoch, wrapped, sealed);
        }
    }

    SecretBytes open(SecretBytes tenantKey, TenantId tenant, Place place, Bytes sealed) {
        try (var dataKey = dataKey(tenantKey, tenant, place, sealed)) {
            return crypto.open(dataKey, value(sealed), valueContext(tenant, place));
        }
    }

    /// {@return the same value with its data key wrapped by another tenant key}
    Bytes rewrap(
            SecretBytes from,
            SecretBytes to,
            int epoch,
            TenantId tenant,
            Place place,
            Bytes sealed) {
        try (var dataKey = dataKey(from, tenant, place, sealed)) {
            return joined(
                    epoch,
                    crypto.seal(to, dataKey, keyContext(epoch, tenant, place)),
                    value(sealed));
        }
    }

    /// {@return the epoch of the tenant key that wraps the data key}
    ///
    /// @throws Tampered when these are not the bytes of a sealed value
    static int epoch(Bytes sealed) {
        if (sealed.length() < SHORTEST) {
            throw new Tampered("sealed value is too short");
        }
        if (sealed.at(0) != FORMAT || sealed.at(1) != AES_256_GCM) {
            throw new Tampered("sealed value has an unknown format");
        }
        return ByteBuffer.wrap(sealed.slice(2, HEADER).toArray()).getInt();
    }

    private SecretBytes dataKey(SecretBytes tenantKey, TenantId tenant, Place place, Bytes sealed) {
        int epoch = epoch(sealed);
        var wrapped = sealed.slice(HEADER, HEADER + WRAPPED);
        return crypto.open(tenantKey, wrapped, keyContext(epoch, tenant, place));
    }

    private static Bytes value(Bytes sealed) {
        return sealed.slice(HEADER + WRAPPED, sealed.length());
    }

    private static Bytes joined(int epoch, Bytes wrapped, Bytes sealed) {
        return Bytes.owning(
                ByteBuffer.allocate(HEADER + wrapped.length() + sealed.length())
                        .put(FORMAT)
                        .put(AES_256_GCM)
                        .putInt(epoch)
                        .put(wrapped.toArray())
                        .put(sealed.toArray())
                        .array());
    }

    private static byte[] keyContext(int epoch, TenantId tenant, Place place) {
        return context((byte) 'k', epoch, tenant, place);
    }

    /// The epoch is bound by the wrapped key alone, so that a new epoch rewraps keys and leaves values.
    private static byte[] valueContext(TenantId tenant, Place place) {
        return context((byte) 'v', 0, tenant, place);
    }

    private static byte[] context(byte role, int epoch, TenantId tenant, Place place) {
        var kind = place.kind().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(LABEL.length + 3 + 4 + 16 + 16 + 4 + kind.length)
                .put(LABEL)
                .put(role)
                .put(FORMAT)
                .put(AES_256_GCM)
                .putInt(epoch)
                .putLong(tenant.value().getMostSignificantBits())
                .putLong(tenant.value().getLeastSignificantBits())
                .putLong(place.id().getMostSignificantBits())
                .putLong(place.id().getLeastSignificantBits())
                .putInt(place.version())
                .put(kind)
                .array();
    }
}
