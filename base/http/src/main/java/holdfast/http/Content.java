package holdfast.http;

import java.io.IOException;
import java.io.OutputStream;

/// What a response carries.
public sealed interface Content {
    record Nothing() implements Content {}

    record Json(Object body) implements Content {}

    @SuppressWarnings("ArrayRecordComponent") // handed over once, to be sent
    record Whole(byte[] bytes) implements Content {}

    record Streamed(Writer writer) implements Content {}

    record Events(EventSource source) implements Content {}

    /// Writes a body while it is made.
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    /// Feeds one subscriber, by server-sent events or by WebSocket; returns when all is told.
    interface EventSource {
        /// @throws holdfast.kernel.Refusal the right to the stream has ended
        void feed(EventSink sink) throws IOException;
    }

    /// The way to one subscriber. A slow one blocks its own thread only, and is cut in the end.
    interface EventSink {
        /// @param data JSON
        void event(String id, String type, String data) throws IOException;

        /// Tells from where on to ask again, though nothing up to there was for this subscriber.
        default void position(String id) throws IOException {
            keepAlive();
        }

        /// A sign of life that keeps proxies from closing the stream.
        void keepAlive() throws IOException;

        /// {@return true when the server is stopping or the client has left}
        boolean isClosing();
    }
}
