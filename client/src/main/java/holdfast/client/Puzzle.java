package holdfast.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/// Solves the proof of work that a server asks for after failed sign-ins.
final class Puzzle {
    private Puzzle() {}

    /// {@return a nonce so that SHA-256 of `challenge:nonce` begins with so many zero bits}
    static String solve(String challenge, int zeroBits) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (long nonce = 0; ; nonce++) {
                var text = challenge + ":" + nonce;
                if (zeros(digest.digest(text.getBytes(StandardCharsets.UTF_8))) >= zeroBits) {
                    return String.valueOf(nonce);
                }
            }
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static int zeros(byte[] hash) {
        int zeros = 0;
        for (byte octet : hash) {
            int leading = Integer.numberOfLeadingZeros(octet & 0xff) - 24;
            zeros += leading;
            if (leading < 8) {
                break;
            }
        }
        return zeros;
    }
}
