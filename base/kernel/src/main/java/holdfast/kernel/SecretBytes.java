package holdfast.kernel;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/// Key material or a secret's plaintext. Never prints, never leaks its array, zeroes itself on close (best effort).
///
/// `equals` and `hashCode` stay identity: they tell nothing about the content.
public final class SecretBytes implements AutoCloseable {
    private final byte[] bytes;
    private boolean closed;

    private SecretBytes(byte[] owned) {
        this.bytes = owned;
    }

    /// Takes ownership of `owned`: the caller must not touch it again.
    public static SecretBytes owning(byte[] owned) {
        return new SecretBytes(owned);
    }

    /// Copies the UTF-8 form of `characters`. The caller's characters stay the caller's to wipe.
    public static SecretBytes ofUtf8(CharSequence characters) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        byte[] exact = new byte[encoded.remaining()];
        encoded.get(exact);
        encoded.clear();
        while (encoded.hasRemaining()) {
            encoded.put((byte) 0);
        }
        return new SecretBytes(exact);
    }

    /// Lends the bytes to `action` for the length of the call; `action` must not keep the array.
    public synchronized <R> R use(Function<byte[], R> action) {
        if (closed) {
            throw new IllegalStateException("secret is already closed");
        }
        return action.apply(bytes);
    }

    /// {@return the bytes as text}; a string cannot be wiped: only for an edge that needs one.
    public String revealUtf8() {
        return use(lent -> new String(lent, StandardCharsets.UTF_8));
    }

    /// {@return a second secret with the same bytes, closed on its own}
    public SecretBytes copy() {
        return use(lent -> new SecretBytes(lent.clone()));
    }

    public int length() {
        return bytes.length;
    }

    /// {@return how many characters the bytes are as UTF-8}
    public int characters() {
        return use(lent -> {
            int count = 0;
            for (byte octet : lent) {
                count += (octet & 0xc0) == 0x80 ? 0 : 1; // RFC 3629 §3: what goes on begins with 10
            }
            return count;
        });
    }

    /// Compares in time that depends on the lengths only.
    public boolean matches(SecretBytes other) {
        return use(mine -> other.use(theirs -> MessageDigest.isEqual(mine, theirs)));
    }

    @Override
    public synchronized void close() {
        Arrays.fill(bytes, (byte) 0);
        closed = true;
    }

    @Override
    public String toString() {
        return "SecretBytes[" + bytes.length + " bytes, redacted]";
    }
}
