package holdfast.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Writes replies to one connection, in the manner that a [Delivery] asks for.
final class ReplyWriter {
    private static final int CHUNK = 16 * 1024; // bytes

    private final OutputStream out;

    ReplyWriter(OutputStream out) {
        this.out = out;
    }

    /// Returns whether the connection may serve another request.
    boolean write(Answer answer) throws IOException {
        var reply = answer.reply();
        var body = reply.body().getBytes(StandardCharsets.UTF_8);
        switch (answer.delivery()) {
            case Delivery.Whole() -> {
                send(head(reply, "Content-Length: " + body.length), body, body.length);
                return true;
            }
            case Delivery.Latin() -> {
                var octets = reply.body().getBytes(StandardCharsets.ISO_8859_1);
                send(head(reply, "Content-Length: " + octets.length), octets, octets.length);
                return true;
            }
            case Delivery.LongString(int megabytes) -> longString(reply, megabytes);
            case Delivery.Cut(int bytes) ->
                    send(
                            head(reply, "Content-Length: " + body.length),
                            body,
                            Math.min(bytes, Math.max(0, body.length - 1)));
            case Delivery.Reset() -> {
                // the connection resets itself
            }
            case Delivery.Trickle(var pause) -> trickle(reply, pause);
            case Delivery.Endless() -> endless(reply);
        }
        return false;
    }

    private static String head(Reply reply, String framing) {
        var head = new StringBuilder("HTTP/1.1 ").append(reply.status()).append(" \r\n");
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (reply.status() != 204) {
            head.append(framing).append("\r\n");
        }
        return head.append("Connection: keep-alive\r\n\r\n").toString();
    }

    private void send(String head, byte[] body, int length) throws IOException {
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body, 0, length);
        out.flush();
    }

    /// Ends when the client goes away, or the connection is closed by another thread.
    private void trickle(Reply reply, Duration pause) throws IOException {
        send(head(reply, "Transfer-Encoding: chunked"), new byte[0], 0);
        while (!Thread.currentThread().isInterrupted()) {
            chunk(" ");
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private void longString(Reply reply, int megabytes) throws IOException {
        send(head(reply, "Transfer-Encoding: chunked"), new byte[0], 0);
        chunk("{\"elements\":[{\"id\":\"");
        var more = "a".repeat(CHUNK);
        for (int i = 0; i < megabytes * (1024 * 1024 / CHUNK); i++) {
            chunk(more);
        }
        chunk("\"}]}");
        chunk("");
    }

    private void endless(Reply reply) throws IOException {
        send(head(reply, "Transfer-Encoding: chunked"), new byte[0], 0);
        chunk("{\"elements\":[{}");
        var more = ",{}".repeat(CHUNK / 3);
        while (!Thread.currentThread().isInterrupted()) {
            chunk(more);
        }
    }

    private void chunk(String text) throws IOException {
        out.write(
                "%x\r\n%s\r\n".formatted(text.length(), text).getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
