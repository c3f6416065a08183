package holdfast.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The live event streams: keeps the quiet ones open, notices who left, ends all of them when the server stops.
final class Streams {
    private static final String COME_BACK = "retry: 1000\n\n"; // milliseconds

    private final Duration quiet;
    private final Set<Thread> feeders = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /// @param quiet after which a comment is sent, so that proxies keep the stream and a lost client is noticed
    Streams(Duration quiet) {
        this.quiet = quiet;
    }

    /// Feeds one client on this thread until its source ends, the client leaves or the server stops.
    void feed(Content.EventSource source, OutputStream out) throws IOException {
        var feeder = Thread.currentThread();
        var sink = new Sink(out);
        Thread.ofVirtual().name("sse-pulse").start(() -> sink.pulse(feeder));
        feeders.add(feeder);
        try {
            if (!stopping) {
                source.feed(sink);
            }
        } catch (IOException | RuntimeException failure) {
            if (!sink.isClosing()) {
                throw failure;
            }
        } finally {
            feeders.remove(feeder);
            sink.end();
            Thread.interrupted(); // the interrupt, if any, was for the stream: the thread goes on
        }
        if (stopping) {
            out.write(COME_BACK.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Wakes every feeder; each then ends with a hint when to come back.
    void stop() {
        stopping = true;
        feeders.forEach(Thread::interrupt);
    }

    /// Server-sent events, as the HTML standard §9.2 writes them.
    private final class Sink implements Content.EventSink {
        private final OutputStream out;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean left;

        Sink(OutputStream out) {
            this.out = out;
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

        @Override
        public void keepAlive() throws IOException {
            write(":\n\n");
        }

        @Override
        public boolean isClosing() {
            return stopping || left;
        }

        private synchronized void write(CharSequence text) throws IOException {
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

        private synchronized void leave(Thread feeder) {
            if (ended.getCount() > 0) {
                feeder.interrupt(); // its source may be waiting for something to tell
            }
        }

        private void pulse(Thread feeder) {
            try {
                while (!ended.await(quiet.toMillis(), TimeUnit.MILLISECONDS)) {
                    keepAlive();
                }
            } catch (IOException _) {
                leave(feeder);
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
