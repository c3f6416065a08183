package holdfast.server;

import static jakarta.websocket.CloseReason.CloseCodes.CANNOT_ACCEPT;
import static jakarta.websocket.CloseReason.CloseCodes.NORMAL_CLOSURE;
import static jakarta.websocket.CloseReason.CloseCodes.SERVICE_RESTART;
import static jakarta.websocket.CloseReason.CloseCodes.TRY_AGAIN_LATER;
import static jakarta.websocket.CloseReason.CloseCodes.UNEXPECTED_CONDITION;
import static jakarta.websocket.CloseReason.CloseCodes.VIOLATED_POLICY;

import holdfast.http.Content;
import holdfast.kernel.Refusal;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.tomcat.websocket.Constants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One subscriber by WebSocket. One event is under way at a time, so a slow subscriber holds nothing but its own thread; one
/// that takes too long is closed with 1013 and goes on after its last event when it comes back.
final class SocketStream extends Endpoint implements Content.EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(SocketStream.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final Streams.Place place;
    private final UUID request;
    private final Duration quiet;
    private final Duration slow;
    private final Consumer<SocketStream> ended;
    private final Streams.Feeder feeder = new Streams.Feeder();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable Session session;
    private volatile @Nullable CloseReason why;
    private volatile boolean left;
    private volatile boolean alive = true;

    /// @param ended is told when the subscriber was closed
    SocketStream(
            Streams.Place place,
            UUID request,
            Duration quiet,
            Duration slow,
            Consumer<SocketStream> ended) {
        this.place = place;
        this.request = request;
        this.quiet = quiet;
        this.slow = slow;
        this.ended = ended;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        opened.setMaxTextMessageBufferSize(125); // nothing is expected
        opened.setMaxBinaryMessageBufferSize(125);
        opened.getUserProperties().put(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, slow.toMillis());
        opened.getUserProperties().put(Constants.SESSION_CLOSE_TIMEOUT_PROPERTY, slow.toMillis());
        opened.addMessageHandler(
                PongMessage.class, (MessageHandler.Whole<PongMessage>) _ -> alive = true);
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) _ -> talked());
        opened.addMessageHandler(
                ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) _ -> talked());
        session = opened;
        Thread.ofVirtual().name("socket-feed").start(() -> feed(opened));
        begun.countDown();
    }

    /// Looks after the subscriber until it has left, also when the connection breaks before the stream begins.
    void watch() {
        Thread.ofVirtual().name("socket-pulse").start(this::pulse);
    }

    Streams.Place place() {
        return place;
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        leave();
    }

    @Override
    public void onError(Session failed, Throwable failure) {
        leave();
    }

    @Override
    public void event(String id, String type, String data) throws IOException {
        send(
                "{\"id\":\"%s\",\"type\":\"%s\",\"data\":%s}"
                        .formatted(plain(id), plain(type), data.isEmpty() ? "null" : data));
    }

    @Override
    public void position(String id) throws IOException {
        send("{\"id\":\"%s\",\"type\":\"position\",\"data\":null}".formatted(plain(id)));
    }

    @Override
    public void keepAlive() {
        // the pings do
    }

    @Override
    public boolean isClosing() {
        return left || why != null;
    }

    /// Ends the stream because the server stops.
    void stop() {
        endWith(SERVICE_RESTART, "the server restarts: come back and go on after the last id");
    }

    private void talked() {
        endWith(CANNOT_ACCEPT, "this stream only tells: filters stand in its address");
    }

    private void feed(Session to) {
        feeder.begin();
        try {
            place.feed(this);
            endWith(NORMAL_CLOSURE, "all is told");
        } catch (Refusal _) {
            endWith(VIOLATED_POLICY, "the session, the token or the right to this has ended");
        } catch (IOException | RuntimeException failure) {
            if (!isClosing()) {
                LOG.atError()
                        .addKeyValue("request", request)
                        .setCause(failure)
                        .log("a live stream failed");
                endWith(UNEXPECTED_CONDITION, "the server failed, see its log: " + request);
            }
        } finally {
            feeder.end();
            close(to);
            end.countDown();
            ended.accept(this);
        }
    }

    private void close(Session to) {
        var reason = why;
        try {
            if (reason != null) {
                to.close(reason);
            } else {
                to.close();
            }
        } catch (IOException | RuntimeException _) {
            // it left before the farewell
        }
    }

    private void send(String text) throws IOException {
        var to = session;
        if (to != null && !isClosing()) {
            feeder.unbroken(() -> send(to, text));
        }
    }

    private void send(Session to, String text) throws IOException {
        try {
            to.getAsyncRemote().sendText(text).get(slow.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            endWith(TRY_AGAIN_LATER, "too slow: come back and go on after the last id");
            throw new IOException("the subscriber is too slow", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("the stream ends", interrupted);
        } catch (ExecutionException | RuntimeException gone) {
            left = true;
            throw new IOException("the subscriber is gone", gone);
        }
    }

    /// Pings; who does not answer until the next one is gone.
    private void pulse() {
        try {
            if (!begun.await(slow.toMillis(), TimeUnit.MILLISECONDS)) {
                ended.accept(this);
                return;
            }
            while (!end.await(quiet.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!alive) {
                    endWith(UNEXPECTED_CONDITION, "no answer to a ping");
                    return;
                }
                alive = false;
                Objects.requireNonNull(session).getAsyncRemote().sendPing(NOTHING.duplicate());
            }
        } catch (IOException | RuntimeException _) {
            leave();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void endWith(CloseCodes code, String reason) {
        if (why == null && !left) {
            why = new CloseReason(code, reason);
        }
        feeder.wake();
    }

    private void leave() {
        left = true;
        feeder.wake();
    }

    private static String plain(String text) {
        if (text.chars()
                .anyMatch(one -> Character.isISOControl(one) || one == '"' || one == '\\')) {
            throw new IllegalArgumentException("an event's id and type are plain");
        }
        return text;
    }
}
