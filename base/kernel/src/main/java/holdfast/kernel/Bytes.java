package holdfast.kernel;

import java.util.Arrays;
import java.util.HexFormat;

/// Bytes that never change: ciphertext, hashes, encodings. For secrets use [SecretBytes].
public final class Bytes {
    private final byte[] bytes;

    private Bytes(byte[] owned) {
        this.bytes = owned;
    }

    public static Bytes copyOf(byte[] source) {
        return new Bytes(source.clone());
    }

    /// Takes ownership: the caller must not touch `owned` again.
    public static Bytes owning(byte[] owned) {
        return new Bytes(owned);
    }

    public static Bytes ofHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    /// {@return a copy}
    public byte[] toArray() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    public byte at(int index) {
        return bytes[index];
    }

    public Bytes slice(int from, int to) {
        return new Bytes(Arrays.copyOfRange(bytes, from, to));
    }

    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Bytes[" + bytes.length + "]";
    }
}
