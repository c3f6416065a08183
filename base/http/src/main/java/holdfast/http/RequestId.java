package holdfast.http;

import java.util.UUID;

/// The id of the request that this thread answers; the client sees it too, in `X-Request-Id`.
public final class RequestId {
    static final ScopedValue<UUID> CURRENT = ScopedValue.newInstance();
    private static final UUID NONE = new UUID(0, 0);

    private RequestId() {}

    /// {@return the id, or zeros outside a request}
    public static UUID current() {
        return CURRENT.orElse(NONE);
    }
}
