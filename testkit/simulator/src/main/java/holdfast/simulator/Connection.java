package holdfast.simulator;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;

/// Serves the requests of one TCP connection, one after the other, on the thread that calls [#serve].
final class Connection implements AutoCloseable {
    /// What the connection tells while it lives.
    interface Listener {
        void opened(long connection);

        /// The handshake is over.
        void secured(long connection, String protocol);

        Answer answer(long connection, Request request);

        /// @param bytes of plaintext that were received in all
        void ended(long connection, long bytes);
    }

    private static final int IDLE = 120_000; // milliseconds

    private final long number;
    private final Socket socket;
    private final AtomicLong received = new AtomicLong();

    Connection(long number, Socket socket) {
        this.number = number;
        this.socket = socket;
    }

    long number() {
        return number;
    }

    void serve(ServerTls tls, Listener listener) {
        listener.opened(number);
        try (socket) {
            socket.setSoTimeout(IDLE);
            socket.setTcpNoDelay(true);
            try (var secure = tls.layer(socket)) {
                secure.startHandshake();
                listener.secured(number, secure.getSession().getProtocol());
                exchange(secure, listener);
            }
        } catch (IOException goneOrMalformed) {
            // the client went away or sent no HTTP; either way there is nobody to tell
        } finally {
            listener.ended(number, received.get());
        }
    }

    private void exchange(SSLSocket secure, Listener listener) throws IOException {
        var out = new BufferedOutputStream(secure.getOutputStream());
        var reader = new RequestReader(counted(secure.getInputStream()), out);
        var writer = new ReplyWriter(out);
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            var request = next.get();
            var answer = listener.answer(number, request);
            if (!writer.write(answer)) {
                end(answer.delivery());
                return;
            }
            if ("close".equalsIgnoreCase(request.header("Connection").orElse(""))) {
                return;
            }
        }
    }

    /// Ends the TCP connection without a TLS `close_notify`, as a crash or a broken line would.
    private void end(Delivery delivery) throws IOException {
        if (delivery instanceof Delivery.Reset) {
            socket.setSoLinger(true, 0); // close() sends RST
        }
        socket.close();
    }

    private InputStream counted(InputStream in) {
        return new BufferedInputStream(
                new FilterInputStream(in) {
                    @Override
                    public int read() throws IOException {
                        int octet = super.read();
                        if (octet >= 0) {
                            received.incrementAndGet();
                        }
                        return octet;
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        int count = super.read(buffer, offset, length);
                        received.addAndGet(Math.max(0, count));
                        return count;
                    }
                });
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // closing is all that was wanted
        }
    }
}
