package holdfast.kernel;

import java.util.UUID;

/// Where a request came from, carried into the ledger and the logs.
///
/// @param address the client's address as text, or `-` for the server's own work
/// @param request the id that the client also sees in `X-Request-Id`
public record Origin(String address, UUID request) {
    private static final UUID NONE = new UUID(0, 0);

    /// The server's own work, outside any request.
    public static final Origin INTERNAL = new Origin("-", NONE);
}
