package holdfast.seal;

import holdfast.crypto.Crypto;
import holdfast.crypto.Tampered;
import holdfast.kernel.Micros;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.seal.KeyStore.TenantKeyRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/// The tenants' keys: made when first needed, kept wrapped even in memory, opened for one operation.
final class TenantKeys {
    /// Wraps data keys; has epochs.
    static final String WRAP = "wrap";

    /// Makes fingerprints, which must stay equal over epochs: has one epoch only.
    static final String FINGERPRINT = "fingerprint";

    private static final int KEY = 32; // bytes

    /// How long another node's rotation or destruction may go unnoticed.
    private static final Duration STALE = Duration.ofSeconds(10);

    private static final int MOST = 10_000; // rows kept in memory

    private final Crypto crypto;
    private final KeyStore store;
    private final RootKey root;
    private final InstantSource clock;
    private final ConcurrentHashMap<Name, Known> known = new ConcurrentHashMap<>();

    TenantKeys(Crypto crypto, KeyStore store, RootKey root, InstantSource clock) {
        this.crypto = crypto;
        this.store = store;
        this.root = root;
        this.clock = clock;
    }

    /// {@return the newest epoch, its key made when there is none}
    int newest(TenantId tenant, String purpose) {
        return row(new Name(tenant, purpose, 0)).epoch();
    }

    /// {@return the key of an epoch; the caller closes it}
    SecretBytes open(TenantId tenant, String purpose, int epoch) {
        var row = row(new Name(tenant, purpose, epoch));
        if (row.epoch() != epoch) {
            throw new Tampered("the tenant has no key of epoch " + epoch);
        }
        var wrapped = row.wrapped().orElseThrow(TenantKeys::destroyed);
        try (var rootKey = root.open()) {
            return crypto.open(rootKey, wrapped, context(tenant, purpose, epoch));
        }
    }

    int rotate(TenantId tenant) {
        var newest = new Name(tenant, WRAP, 0);
        known.remove(newest);
        int next = row(newest).epoch() + 1;
        boolean added = add(tenant, WRAP, next);
        known.remove(newest);
        if (!added && row(newest).epoch() < next) {
            throw destroyed();
        }
        return row(newest).epoch();
    }

    int destroy(TenantId tenant) {
        int count = 0;
        for (int more = -1; more != 0; count += more) {
            more = store.destroyTenantKeys(tenant, Micros.of(clock.instant()));
        }
        known.keySet().removeIf(name -> name.tenant().equals(tenant));
        return count;
    }

    private TenantKeyRow row(Name name) {
        var now = clock.instant();
        var cached = known.get(name);
        if (cached != null && cached.read().plus(STALE).isAfter(now)) {
            return cached.row();
        }
        var row = stored(name);
        if (row.wrapped().isEmpty()) {
            throw destroyed();
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(name, new Known(row, now));
        return row;
    }

    private TenantKeyRow stored(Name name) {
        var row = store.tenantKey(name.tenant(), name.purpose(), name.epoch());
        if (row.isEmpty() && name.epoch() <= 1) {
            add(name.tenant(), name.purpose(), 1);
            row = store.tenantKey(name.tenant(), name.purpose(), name.epoch());
        }
        return row.orElseThrow(
                () -> new Tampered("the tenant has no key of epoch " + name.epoch()));
    }

    private boolean add(TenantId tenant, String purpose, int epoch) {
        try (var rootKey = root.open();
                var key = crypto.random(KEY)) {
            var wrapped = crypto.seal(rootKey, key, context(tenant, purpose, epoch));
            return store.addTenantKey(tenant, purpose, epoch, wrapped, Micros.of(clock.instant()));
        }
    }

    private static Refusal destroyed() {
        return Problem.SEALED.because("the keys of this tenant were destroyed");
    }

    private static byte[] context(TenantId tenant, String purpose, int epoch) {
        return ("holdfast-tenant-key/1/" + tenant + "/" + purpose + "/" + epoch)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// @param epoch 0 for the newest
    private record Name(TenantId tenant, String purpose, int epoch) {}

    private record Known(TenantKeyRow row, Instant read) {}
}
