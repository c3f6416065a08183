package holdfast.server;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line per answer: who, what route, how it ended. Never a path's values, a query or a header.
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("access");

    private AccessLog() {}

    /// What is known of a request by its end.
    static final class Line {
        String route = "-";
        String principal = "-";
        long bytes;
    }

    /// @param took nanoseconds
    static void write(UUID id, String address, String method, int status, long took, Line line) {
        LOG.atInfo()
                .addKeyValue("request", id)
                .addKeyValue("address", address)
                .addKeyValue("principal", line.principal)
                .addKeyValue("method", method)
                .addKeyValue("route", line.route)
                .addKeyValue("status", status)
                .addKeyValue("bytes", line.bytes)
                .addKeyValue("micros", took / 1000)
                .log("answered");
    }
}
