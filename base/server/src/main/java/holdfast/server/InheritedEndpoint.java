package holdfast.server;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/// Serves a listening socket that a service manager passed as standard input (systemd.exec(5), `StandardInput=socket`).
///
/// The socket outlives this process: who connects while nobody serves waits in its backlog for the next one. So no connection
/// may be taken that is not served. Tomcat's acceptor would take one more and drop it when it is told to pause; this one
/// stops taking first, and lets Tomcat pause afterwards.
final class InheritedEndpoint extends NioEndpoint {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration TURN = Duration.ofMillis(5);

    private final CountDownLatch left = new CountDownLatch(1);
    private volatile boolean leaving;
    private volatile @Nullable Selector selector;

    InheritedEndpoint() {
        setUseInheritedChannel(true);
    }

    /// {@return whether this process was given a listening socket}
    static boolean isGiven() {
        try {
            return System.inheritedChannel() instanceof ServerSocketChannel;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    protected void initServerSocket() throws Exception {
        super.initServerSocket();
        var socket = (ServerSocketChannel) getServerSocket();
        var opened = Selector.open();
        socket.configureBlocking(false);
        socket.register(opened, SelectionKey.OP_ACCEPT);
        selector = opened;
    }

    @Override
    protected SocketChannel serverSocketAccept() throws Exception {
        var socket = (ServerSocketChannel) getServerSocket();
        var ready = selector;
        while (!leaving && ready != null) {
            ready.select();
            ready.selectedKeys().clear();
            var client = leaving ? null : socket.accept();
            if (client != null) {
                return client;
            }
        }
        left.countDown();
        while (isRunning() && !isPaused()) {
            LockSupport.parkNanos(TURN.toNanos());
        }
        return SocketChannel.open(); // Tomcat closes what it is given from now on
    }

    /// Takes no more connections; returns when the last one taken is served.
    void leave() {
        unlockAccept();
        try {
            if (!left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                getLog().warn("the acceptor did not stop in time");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Tomcat's own way is to connect to the socket, which would reach the next process.
    @Override
    protected void unlockAccept() {
        leaving = true;
        var ready = selector;
        if (ready != null) {
            ready.wakeup();
        }
    }
}
