package holdfast.server;

import holdfast.http.Content;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The live event streams: keeps the quiet ones open, notices who left, ends all of them when the server stops.
final class Streams {
    private static final String COME_BACK = "retry: 1000\n\n"; // milliseconds

    /// Of one principal at once: as many tabs as anybody looks at, too few to tie the server up.
    private static final int MOST = 64;

    private static final long LATER = 10; // seconds; a stream may just be ending

    private final Duration quiet;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();
    private final Set<Feeder> feeders = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /// @param quiet after which a comment is sent, so that proxies keep the stream and a lost client is noticed
    Streams(Duration quiet) {
        this.quiet = quiet;
    }

    /// {@return the response; a stream in it takes one of the places of who asked}
    ///
    /// @throws Refusal TOO_MANY_REQUESTS
    Response admit(Response response, Request request) {
        if (!(response.content() instanceof Content.Events(var source))) {
            return response;
        }
        var owner =
                request.signedIn()
                        .map(who -> who.tenant() + ":" + who.id())
                        .orElseGet(() -> request.origin().address());
        if (open.merge(owner, 1, Integer::sum) > MOST) {
            leave(owner);
            throw Problem.TOO_MANY_REQUESTS
                    .because("you have %d live streams open: close one first".formatted(MOST))
                    .with("retryAfter", LATER)
                    .with("limit", MOST);
        }
        var place = new Place(source, owner);
        return new Response(response.status(), response.headers(), new Content.Events(place));
    }

    private void leave(String owner) {
        open.computeIfPresent(owner, (_, streams) -> streams == 1 ? null : streams - 1);
    }

    /// Feeds one client on this thread until its source ends, the client leaves or the server stops.
    void feed(Content.EventSource source, OutputStream out) throws IOException {
        var feeder = new Feeder();
        var sink = new Sink(out, feeder);
        Thread.ofVirtual().name("sse-pulse").start(sink::pulse);
        feeder.begin();
        feeders.add(feeder);
        try {
            if (!stopping) {
                source.feed(sink);
            }
        } catch (Refusal _) {
            // the right has ended, and with it the stream
        } catch (IOException | RuntimeException failure) {
            if (!sink.isClosing()) {
                throw failure;
            }
        } finally {
            feeders.remove(feeder);
            sink.end();
            feeder.end();
        }
        if (stopping) {
            out.write(COME_BACK.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Wakes every feeder; each then ends with a hint when to come back.
    void stop() {
        stopping = true;
        feeders.forEach(Feeder::wake);
    }

    /// One stream that counts for its owner until it is closed.
    final class Place implements Content.EventSource, AutoCloseable {
        private final Content.EventSource source;
        private final String owner;
        private final AtomicBoolean closed = new AtomicBoolean();

        Place(Content.EventSource source, String owner) {
            this.source = source;
            this.owner = owner;
        }

        @Override
        public void feed(Content.EventSink sink) throws IOException {
            source.feed(sink);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                leave(owner);
            }
        }
    }

    /// The thread that feeds one subscriber. To be woken it is interrupted, for its source may be waiting for something to
    /// tell; but not while it writes, because that would close the connection (see `InterruptibleChannel`).
    static final class Feeder {
        private @Nullable Thread thread;
        private boolean writing;
        private boolean woken;

        /// This thread feeds from now on.
        synchronized void begin() {
            thread = Thread.currentThread();
        }

        /// The thread goes on to something else: an interrupt, if any, was for the stream.
        synchronized void end() {
            thread = null;
            Thread.interrupted();
        }

        synchronized void wake() {
            woken = true;
            if (thread != null && !writing) {
                thread.interrupt();
            }
        }

        /// Writes on this thread; who feeds is woken afterwards.
        void unbroken(Writing work) throws IOException {
            boolean feeds = enter();
            try {
                work.run();
            } finally {
                if (feeds) {
                    leave();
                }
            }
        }

        private synchronized boolean enter() {
            boolean feeds = Thread.currentThread().equals(thread);
            if (feeds) {
                writing = true;
                Thread.interrupted();
            }
            return feeds;
        }

        private synchronized void leave() {
            writing = false;
            if (woken) {
                Thread.currentThread().interrupt();
            }
        }

        /// What must not be broken off.
        interface Writing {
            void run() throws IOException;
        }
    }

    /// Server-sent events, as the HTML standard §9.2 writes them.
    private final class Sink implements Content.EventSink {
        private final OutputStream out;
        private final CountDownLatch ended = new CountDownLatch(1);
        private final Feeder feeder;
        private volatile boolean left;

        Sink(OutputStream out, Feeder feeder) {
            this.out = out;
            this.feeder = feeder;
        }

        @Override
        public void event(String id, String type, String data) throws IOException {
            var text = new StringBuilder();
            if (!id.isEmpty()) {
                text.append("id: ").append(oneLine(id)).append('\n');
            }
            text.append("event: ").append(oneLine(type)).append('\n');
            if (data.isEmpty()) {
                text.append("data:\n"); // without it browsers drop the event
            }
            data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
            write(text.append('\n'));
        }

        /// Without data a browser keeps the id and tells nobody.
        @Override
        public void position(String id) throws IOException {
            write("id: " + oneLine(id) + "\n\n");
        }

        @Override
        public void keepAlive() throws IOException {
            write(":\n\n");
        }

        @Override
        public boolean isClosing() {
            return stopping || left;
        }

        private void write(CharSequence text) throws IOException {
            feeder.unbroken(() -> writeWhole(text));
        }

        private synchronized void writeWhole(CharSequence text) throws IOException {
            if (ended.getCount() == 0) {
                return;
            }
            try {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException gone) {
                left = true;
                throw gone;
            }
        }

        /// After it nothing is written, and the feeder's thread is left alone.
        private synchronized void end() {
            ended.countDown();
        }

        private void pulse() {
            try {
                while (!ended.await(quiet.toMillis(), TimeUnit.MILLISECONDS)) {
                    keepAlive();
                }
            } catch (IOException _) {
                feeder.wake();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        private static String oneLine(String text) {
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("an event's id and type are one line");
            }
            return text;
        }
    }
}
