package holdfast.server;

import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// A request body that refuses to grow past its route's limit: by its declared length at once, else while it is read.
final class LimitedStream extends InputStream {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long SLOWEST = 16 * 1024; // bytes a second

    private final InputStream from;
    private final long limit;
    private final long end;
    private long read;

    /// @param declared Content-Length, -1 when unknown
    /// @throws Refusal TOO_LARGE
    LimitedStream(InputStream from, long declared, long limit) {
        this(from, declared, limit, PATIENCE.plusSeconds(limit / SLOWEST));
    }

    /// @param patience for the whole body
    LimitedStream(InputStream from, long declared, long limit, Duration patience) {
        this.from = from;
        this.limit = limit;
        this.end = System.nanoTime() + patience.toNanos();
        if (declared > limit) {
            throw tooLarge();
        }
    }

    @Override
    public int read() throws IOException {
        int octet = from.read();
        if (octet >= 0) {
            count(1);
        }
        return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = from.read(into, offset, length);
        if (count > 0) {
            count(count);
        }
        return count;
    }

    private void count(int more) {
        read += more;
        if (System.nanoTime() > end) {
            throw Problem.MALFORMED.because("the body took too long");
        }
        if (read > limit) {
            throw tooLarge();
        }
    }

    private Refusal tooLarge() {
        return Problem.TOO_LARGE
                .because("the body may have %,d bytes at most".formatted(limit))
                .with("limit", limit);
    }
}
