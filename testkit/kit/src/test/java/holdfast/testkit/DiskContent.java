package holdfast.testkit;

import java.util.Arrays;

/// What a file holds, whatever its name is by now. A gap that nobody wrote is zeroes.
final class DiskContent {
    private byte[] bytes;
    private int size;

    DiskContent(byte[] bytes) {
        this.bytes = bytes.clone();
        this.size = bytes.length;
    }

    /// Writes `from[start]` to `from[end - 1]`, where `from[0]` belongs to the place `at`.
    void write(long at, byte[] from, int start, int end) {
        int last = Math.toIntExact(at + end);
        if (last > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * last);
        }
        System.arraycopy(from, start, bytes, Math.toIntExact(at + start), end - start);
        size = Math.max(size, last);
    }

    void truncate(long to) {
        bytes = Arrays.copyOf(bytes(), Math.toIntExact(to));
        size = bytes.length;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }
}
