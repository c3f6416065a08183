package holdfast.crypto;

import holdfast.kernel.SecretBytes;
import java.util.ArrayList;
import java.util.List;

/// Splits a secret so that any `threshold` of its shares give it back and fewer tell nothing (Shamir, "How to share a
/// secret", CACM 22(11), 1979), byte by byte over GF(2⁸) with the polynomial of AES (FIPS 197 §4.2).
///
/// Neither a table nor a branch depends on a secret byte; only the numbers of the shares, which are public, do.
public final class Shamir {
    /// As many as there are points other than zero, where the secret lies.
    public static final int MOST = 255;

    private static final int LEAST_THRESHOLD = 2;

    private Shamir() {}

    /// One part of a secret.
    ///
    /// @param number the point, 1 to 255; public
    /// @param value  as long as the secret; closed by whoever holds it
    public record Share(int number, SecretBytes value) implements AutoCloseable {
        public Share {
            if (number < 1 || number > MOST) {
                throw new IllegalArgumentException("a share has a number from 1 to 255");
            }
        }

        @Override
        public void close() {
            value.close();
        }
    }

    /// {@return shares 1 to `count`}
    ///
    /// @param threshold how many give the secret back, 2 to `count`
    /// @param count     at most 255
    public static List<Share> split(Crypto crypto, SecretBytes secret, int threshold, int count) {
        if (threshold < LEAST_THRESHOLD || count < threshold || count > MOST) {
            throw new IllegalArgumentException("2 ≤ threshold ≤ count ≤ 255");
        }
        int length = secret.length();
        // one coefficient of all bytes after another: the polynomial's constant is the secret
        try (var coefficients = crypto.random((threshold - 1) * length)) {
            return secret.use(
                    constant -> coefficients.use(higher -> shares(constant, higher, count)));
        }
    }

    private static List<Share> shares(byte[] constant, byte[] higher, int count) {
        var shares = new ArrayList<Share>(count);
        int length = constant.length;
        for (int x = 1; x <= count; x++) {
            var y = new byte[length];
            for (int coefficient = higher.length - length;
                    coefficient >= 0;
                    coefficient -= length) {
                for (int at = 0; at < length; at++) {
                    y[at] = (byte) (times(y[at] & 0xff, x) ^ higher[coefficient + at]);
                }
            }
            for (int at = 0; at < length; at++) {
                y[at] = (byte) (times(y[at] & 0xff, x) ^ constant[at]);
            }
            shares.add(new Share(x, SecretBytes.owning(y)));
        }
        return List.copyOf(shares);
    }

    /// Gives back what the shares were made of, or, from too few or foreign ones, something else: only a check of the result
    /// can tell, for example an authenticated decryption.
    ///
    /// @throws IllegalArgumentException when two have the same number or lengths differ
    public static SecretBytes combine(List<Share> shares) {
        int length = shares.getFirst().value().length();
        if (shares.stream().map(Share::number).distinct().count() < shares.size()
                || shares.stream().anyMatch(share -> share.value().length() != length)) {
            throw new IllegalArgumentException("shares of one secret, each number once");
        }
        var secret = new byte[length];
        for (var share : shares) {
            int weight = weight(share.number(), shares);
            share.value()
                    .use(value -> {
                        for (int at = 0; at < length; at++) {
                            secret[at] ^= (byte) times(value[at] & 0xff, weight);
                        }
                        return true;
                    });
        }
        return SecretBytes.owning(secret);
    }

    /// {@return the Lagrange polynomial of one point, at zero}
    private static int weight(int number, List<Share> shares) {
        int weight = 1;
        for (var other : shares) {
            if (other.number() != number) {
                weight = times(weight, times(other.number(), inverse(other.number() ^ number)));
            }
        }
        return weight;
    }

    /// Multiplies in GF(2⁸) in the same steps for every pair.
    private static int times(int a, int b) {
        int product = 0;
        int shifted = a;
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            product ^= shifted & -((b >> bit) & 1);
            shifted = (shifted << 1) ^ (0x11b & -(shifted >> 7));
        }
        return product;
    }

    /// a²⁵⁴ = a⁻¹, because the field has 255 elements other than zero.
    private static int inverse(int a) {
        int power = 1;
        int square = a;
        for (int exponent = 254; exponent > 0; exponent >>= 1) {
            power = (exponent & 1) == 1 ? times(power, square) : power;
            square = times(square, square);
        }
        return power;
    }
}
