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

    /// Feeds one subscriber of server-sent events; returns when the stream is to end.
    interface EventSource {
        void feed(EventSink sink) throws IOException;
    }

    /// The way to one subscriber. A slow one blocks its own thread only.
    interface EventSink {
        void event(String id, String type, String data) throws IOException;

        /// A comment line that keeps proxies from closing the stream.
        void keepAlive() throws IOException;

        /// {@return true when the server is stopping or the client has left}
        boolean isClosing();
    }
}
