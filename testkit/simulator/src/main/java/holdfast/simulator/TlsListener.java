package holdfast.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Accepts TLS connections on loopback, each on a virtual thread of its own.
final class TlsListener implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final ServerSocket server;
    private final Connection.Listener listener;
    private final Map<Long, Connection> open = new ConcurrentHashMap<>();
    private final AtomicLong accepted = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile ServerTls tls;

    /// Listens at once.
    ///
    /// @param port 0 for any that is free
    TlsListener(int port, ServerTls tls, Connection.Listener listener) {
        this.tls = tls;
        this.listener = listener;
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException failure) {
            throw new UncheckedIOException("port " + port + " cannot be bound", failure);
        }
    }

    void start() {
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// New connections get `other`; those that are open end.
    void change(ServerTls other) {
        tls = other;
        open.values().forEach(Connection::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var connection = new Connection(accepted.incrementAndGet(), server.accept());
                open.put(connection.number(), connection);
                threads.execute(() -> serve(connection));
            } catch (IOException closed) {
                // close() ends the loop; another failure concerns one client only
            }
        }
    }

    private void serve(Connection connection) {
        try {
            connection.serve(tls, listener);
        } finally {
            open.remove(connection.number());
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException alreadyGone) {
            // closing is all that was wanted
        }
        open.values().forEach(Connection::close);
        threads.shutdownNow();
        threads.close();
    }
}
