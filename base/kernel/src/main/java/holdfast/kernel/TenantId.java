package holdfast.kernel;

import java.util.UUID;

/// Names the tenant that owns a thing. Opaque, never reused, part of every key and every query.
public record TenantId(UUID value) {
    /// Owns what belongs to no tenant: users, nodes, platform events. Never a principal's tenant for items.
    public static final TenantId PLATFORM = new TenantId(new UUID(0x7000L, 0x8000000000000000L));

    /// The tenant that exists from the first start.
    public static final TenantId DEFAULT = new TenantId(new UUID(0x7000L, 0x8000000000000001L));

    @Override
    public String toString() {
        return value.toString();
    }
}
