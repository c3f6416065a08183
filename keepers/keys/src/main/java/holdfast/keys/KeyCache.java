package holdfast.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import holdfast.kernel.TenantId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keys that were used lately, their material sealed as it is stored. Safe for many threads.
///
/// It is asked after the permit, and decides nothing: the transaction of the event compares the revision, and what was
/// done with an older one is thrown away. So a key that is disabled or destroyed stops at once, on every node.
final class KeyCache {
    private static final long MOST = 10_000; // keys

    private final Cache<Name, Held> held = Caffeine.newBuilder().maximumSize(MOST).build();

    private record Name(TenantId tenant, KeyName name) {}

    /// One state of a key.
    record Held(KeyRow row, Map<Integer, KeyRow.Version> versions) {
        Held(KeyRow row) {
            this(row, new ConcurrentHashMap<>());
        }
    }

    Optional<Held> find(TenantId tenant, KeyName name) {
        return Optional.ofNullable(held.getIfPresent(new Name(tenant, name)));
    }

    void keep(TenantId tenant, Held one) {
        held.put(new Name(tenant, one.row().name()), one);
    }

    void forget(TenantId tenant, KeyName name) {
        held.invalidate(new Name(tenant, name));
    }
}
