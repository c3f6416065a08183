package holdfast.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Every connection and every request that was received, without secrets. Safe to call from many threads.
public final class RequestLog {
    private static final Set<String> SECRET =
            Set.of("authorization", "cookie", "proxy-authorization", "x-api-key");

    private final InstantSource clock;
    private final List<LoggedRequest> requests = new ArrayList<>();
    private final Map<Long, LoggedConnection> connections = new TreeMap<>();
    private long count;

    RequestLog(InstantSource clock) {
        this.clock = clock;
    }

    /// In the order of arrival.
    public synchronized List<LoggedRequest> all() {
        return List.copyOf(requests);
    }

    public synchronized List<LoggedRequest> matching(Predicate<LoggedRequest> wanted) {
        return requests.stream().filter(wanted).toList();
    }

    /// @param line for example `GET /v1/credentials`
    public long count(String line) {
        return matching(request -> request.line().equals(line)).size();
    }

    /// In the order of arrival.
    public synchronized List<LoggedConnection> connections() {
        return List.copyOf(connections.values());
    }

    /// Forgets requests and the connections that have ended; numbers go on.
    public synchronized void clear() {
        requests.clear();
        connections.values().removeIf(LoggedConnection::ended);
    }

    /// Waits until a request that is `wanted` was received.
    ///
    /// @throws AssertionError when there is none after `patience`
    public LoggedRequest await(Predicate<LoggedRequest> wanted, Duration patience) {
        return await(patience, () -> requests.stream().filter(wanted).findFirst().orElse(null));
    }

    /// Waits until a connection that is `wanted` was seen, for example one that has ended without a byte.
    ///
    /// @throws AssertionError when there is none after `patience`
    public LoggedConnection awaitConnection(Predicate<LoggedConnection> wanted, Duration patience) {
        return await(
                patience,
                () -> connections.values().stream().filter(wanted).findFirst().orElse(null));
    }

    private interface Search<T> {
        @Nullable T find();
    }

    private synchronized <T> T await(Duration patience, Search<T> search) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var found = search.find();
            if (found != null) {
                return found;
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("nothing of the kind was received within " + patience);
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", interrupted);
            }
        }
    }

    synchronized void opened(long connection) {
        connections.put(connection, LoggedConnection.opened(connection));
        notifyAll();
    }

    synchronized void secured(long connection, String protocol) {
        connections.computeIfPresent(connection, (_, known) -> known.secured(protocol));
        notifyAll();
    }

    synchronized void ended(long connection, long bytes) {
        connections.computeIfPresent(connection, (_, known) -> known.ended(bytes));
        notifyAll();
    }

    synchronized void received(long connection, Request request) {
        count++;
        requests.add(
                new LoggedRequest(
                        count,
                        connection,
                        clock.instant(),
                        request.method(),
                        request.path(),
                        request.query(),
                        withoutSecrets(request.headers()),
                        request.bodySha256(),
                        request.body().length()));
        connections.computeIfPresent(connection, (_, known) -> known.oneMore());
        notifyAll();
    }

    private static Map<String, String> withoutSecrets(Map<String, String> headers) {
        var safe = new LinkedHashMap<String, String>();
        headers.forEach(
                (name, value) -> safe.put(name, SECRET.contains(name) ? hashed(value) : value));
        return safe;
    }

    /// Keeps the scheme (`Bearer`), hides the rest.
    private static String hashed(String value) {
        int space = value.indexOf(' ');
        var scheme = space < 0 ? "" : value.substring(0, space + 1);
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(value.getBytes(StandardCharsets.UTF_8));
            return scheme + "sha256:" + HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
