package holdfast.simulator;

import java.time.Instant;
import java.util.Map;

/// One request that the simulator received.
///
/// @param number     from 1, over all connections
/// @param connection which [LoggedConnection] it came on
/// @param query      as sent, without `?`
/// @param headers    names in lower case; of secrets only a short hash, so that two can be compared
/// @param bodySha256 lower-case hex
/// @param bodyLength characters
public record LoggedRequest(
        long number,
        long connection,
        Instant at,
        String method,
        String path,
        String query,
        Map<String, String> headers,
        String bodySha256,
        int bodyLength) {
    public LoggedRequest {
        headers = Map.copyOf(headers);
    }

    /// For example `GET /v1/credentials`.
    public String line() {
        return method + " " + path;
    }
}
