package holdfast.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import holdfast.kernel.Bytes;
import holdfast.kernel.TenantId;
import holdfast.secret.Content;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/// Ciphertext that was read lately. Safe for many threads.
///
/// It is asked after the permit, inside the transaction of the event, and only for a version that the transaction has just
/// found: so it decides nothing, and a version never changes, so nothing in it can be old.
final class SealedCache {
    private static final long MAX_BYTES = 32L * 1024 * 1024;
    private static final int OVERHEAD = 200; // bytes of an entry beside its ciphertext

    private final Predicate<TenantId> allowed;
    private final Cache<Key, Held> held =
            Caffeine.newBuilder()
                    .maximumWeight(MAX_BYTES)
                    .weigher((Key _, Held value) -> OVERHEAD + value.sealed().length())
                    .recordStats()
                    .build();

    /// @param epoch of the tenant key: after a re-keying the old ciphertext is not found
    record Key(TenantId tenant, UUID secret, int version, int epoch) {}

    record Held(Bytes sealed, Content.Kind kind) {}

    /// @param allowed whether a tenant's ciphertext may stay in memory
    SealedCache(Predicate<TenantId> allowed) {
        this.allowed = allowed;
    }

    Optional<Held> find(Key key) {
        return allowed.test(key.tenant())
                ? Optional.ofNullable(held.getIfPresent(key))
                : Optional.empty();
    }

    void keep(Key key, Held value) {
        if (allowed.test(key.tenant())) {
            held.put(key, value);
        }
    }

    void forget(Key key) {
        held.invalidate(key);
    }

    VaultRoom.CacheFigures figures() {
        held.cleanUp();
        var stats = held.stats();
        return new VaultRoom.CacheFigures(
                held.estimatedSize(), stats.hitCount(), stats.missCount(), stats.evictionCount());
    }
}
