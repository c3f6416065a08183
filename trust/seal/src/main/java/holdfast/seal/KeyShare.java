package holdfast.seal;

import holdfast.crypto.Crypto;
import holdfast.crypto.Shamir.Share;
import holdfast.kernel.Bytes;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One of the shares that open the root key together, as a person keeps it. Never prints.
///
/// As text: `HFS1` and base32 (RFC 4648 §6) of `set(4) ‖ threshold(1) ‖ number(1) ‖ value(32) ‖ check(4)`, in groups of four;
/// case, blanks and hyphens do not count. The check is the beginning of SHA-256 over `"holdfast-share/1" ‖` what stands
/// before it: it finds slips of the pen, not forgeries.
///
/// @param set       which splitting it comes from
/// @param threshold how many of the set open the root key
public record KeyShare(Bytes set, int threshold, Share share) implements AutoCloseable {
    static final int SET = 4; // bytes
    static final int VALUE = 32; // bytes
    static final int COMMITMENT = 16; // bytes

    private static final String MARK = "HFS1";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int CHECK = 4; // bytes
    private static final int BODY = SET + 2 + VALUE; // bytes
    private static final int DIGITS = ((BODY + CHECK) * 8 + 4) / 5;
    private static final byte[] CONTEXT = {
        'h', 'o', 'l', 'd', 'f', 'a', 's', 't', '-', 's', 'h', 'a', 'r', 'e', '/', '1'
    };

    private static final byte[] COMMITTED =
            "holdfast-share-commitment/1".getBytes(StandardCharsets.US_ASCII);

    /// @throws Refusal INVALID, with a sentence that says whether it is no share or a mistyped one
    public static KeyShare parse(Crypto crypto, CharSequence text) {
        var digits = text.toString().replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        if (!digits.startsWith(MARK) || digits.length() != MARK.length() + DIGITS) {
            throw invalid(
                    "not-a-share",
                    "a share begins with HFS1 and has %d characters after it".formatted(DIGITS));
        }
        var bytes = decoded(digits.substring(MARK.length()));
        var body = Arrays.copyOf(bytes, BODY);
        try {
            var check = Arrays.copyOfRange(bytes, BODY, BODY + CHECK);
            if (!Arrays.equals(check, check(crypto, body)) || body[SET + 1] == 0) {
                throw mistyped();
            }
            return new KeyShare(
                    Bytes.copyOf(Arrays.copyOf(body, SET)),
                    body[SET] & 0xff,
                    new Share(
                            body[SET + 1] & 0xff,
                            SecretBytes.owning(Arrays.copyOfRange(body, SET + 2, BODY))));
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(body, (byte) 0);
        }
    }

    /// {@return the share in groups of four; a string cannot be wiped: only for the answer that hands it over}
    public String text(Crypto crypto) {
        var bytes = new byte[BODY + CHECK];
        try {
            System.arraycopy(set.toArray(), 0, bytes, 0, SET);
            bytes[SET] = (byte) threshold;
            bytes[SET + 1] = (byte) share.number();
            share.value()
                    .use(value -> {
                        System.arraycopy(value, 0, bytes, SET + 2, VALUE);
                        return true;
                    });
            var check = check(crypto, Arrays.copyOf(bytes, BODY));
            System.arraycopy(check, 0, bytes, BODY, CHECK);
            return (MARK + encoded(bytes)).replaceAll("(.{4})(?=.)", "$1-");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// {@return what the key store keeps of it, to tell this share from any other}
    Bytes commitment(Crypto crypto) {
        var head =
                ByteBuffer.allocate(COMMITTED.length + SET + 1)
                        .put(COMMITTED)
                        .put(set.toArray())
                        .put((byte) number())
                        .array();
        byte[] hash = share.value().use(value -> crypto.sha256(head, value));
        return Bytes.owning(Arrays.copyOf(hash, COMMITMENT));
    }

    public int number() {
        return share.number();
    }

    @Override
    public void close() {
        share.close();
    }

    @Override
    public String toString() {
        return "KeyShare[" + set.toHex() + " " + number() + "]"; // the value never prints
    }

    private static byte[] check(Crypto crypto, byte[] body) {
        return Arrays.copyOf(crypto.sha256(CONTEXT, body), CHECK);
    }

    private static String encoded(byte[] bytes) {
        var text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte one : bytes) {
            bits = (bits << 8) | (one & 0xff);
            held += 8;
            while (held >= 5) {
                held -= 5;
                text.append(ALPHABET.charAt((bits >> held) & 31));
                bits &= (1 << held) - 1;
            }
        }
        if (held > 0) {
            text.append(ALPHABET.charAt((bits << (5 - held)) & 31));
        }
        return text.toString();
    }

    private static byte[] decoded(String digits) {
        var bytes = new byte[BODY + CHECK];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < digits.length(); i++) {
            int value = ALPHABET.indexOf(digits.charAt(i));
            if (value < 0) {
                throw mistyped();
            }
            bits = (bits << 5) | value;
            held += 5;
            if (held >= 8) {
                held -= 8;
                bytes[at++] = (byte) (bits >> held);
                bits &= (1 << held) - 1;
            }
        }
        if (bits != 0) {
            throw mistyped(); // RFC 4648 §3.5: what is left over is zero
        }
        return bytes;
    }

    private static Refusal mistyped() {
        return invalid("mistyped", "the share is mistyped: compare it with what was written down");
    }

    private static Refusal invalid(String code, String detail) {
        return Refusal.of(List.of(FieldError.of("/share", code, detail)));
    }
}
