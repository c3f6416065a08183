package holdfast.outbound;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An answer held in memory, wiped when it is closed and wherever it had to grow.
final class WipedAnswer implements Outbound.Answer {
    private static final int FIRST = 16 * 1024; // bytes

    private final int status;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private byte[] bytes = new byte[FIRST];
    private int length;

    WipedAnswer(int status) {
        this.status = status;
    }

    void header(String name, String value) {
        headers.putIfAbsent(name, value);
    }

    /// @return false when there is more than `limit` bytes
    boolean fill(InputStream body, long limit) throws IOException {
        for (; ; ) {
            if (length == bytes.length) {
                byte[] larger = Arrays.copyOf(bytes, bytes.length * 2);
                Arrays.fill(bytes, (byte) 0);
                bytes = larger;
            }
            int count = body.read(bytes, length, bytes.length - length);
            if (count < 0) {
                return true;
            }
            length += count;
            if (length > limit) {
                return false;
            }
        }
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public InputStream body() {
        return new ByteArrayInputStream(bytes, 0, length);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
        length = 0;
    }
}
