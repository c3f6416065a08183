package holdfast.passwords;

import holdfast.kernel.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/// Password hashes as Werkzeug writes them: `pbkdf2:sha256:ROUNDS$salt$hex` and `scrypt:N:r:p$salt$hex`.
final class Werkzeug {
    private static final Pattern PBKDF2 =
            Pattern.compile("pbkdf2:sha256:(\\d{1,8})\\$([^$]{1,64})\\$([0-9a-f]{64})");
    private static final Pattern SCRYPT =
            Pattern.compile("scrypt:(\\d{1,7}):(\\d{1,2}):(\\d)\\$([^$]{1,64})\\$([0-9a-f]{128})");
    private static final int MOST_ROUNDS = 10_000_000;
    private static final int MOST_MEMORY = 256 * 1024 * 1024; // bytes: 128 · N · r, RFC 7914 §2

    private Werkzeug() {}

    static boolean isOne(String stored) {
        return stored.startsWith("pbkdf2:") || stored.startsWith("scrypt:");
    }

    static boolean verify(SecretBytes password, String stored) {
        var pbkdf2 = PBKDF2.matcher(stored);
        if (pbkdf2.matches()) {
            int rounds = Integer.parseInt(pbkdf2.group(1));
            return rounds >= 1
                    && rounds <= MOST_ROUNDS
                    && matches(pbkdf2(password, pbkdf2.group(2), rounds), pbkdf2.group(3));
        }
        var scrypt = SCRYPT.matcher(stored);
        if (!scrypt.matches()) {
            return false;
        }
        int n = Integer.parseInt(scrypt.group(1));
        int r = Integer.parseInt(scrypt.group(2));
        int p = Integer.parseInt(scrypt.group(3));
        boolean sane =
                n > 1
                        && Integer.bitCount(n) == 1
                        && r >= 1
                        && p >= 1
                        && 128L * n * r <= MOST_MEMORY;
        return sane && matches(scrypt(password, scrypt.group(4), n, r, p), scrypt.group(5));
    }

    private static byte[] pbkdf2(SecretBytes password, String salt, int rounds) {
        var characters = password.revealUtf8().toCharArray();
        var specification =
                new PBEKeySpec(characters, salt.getBytes(StandardCharsets.UTF_8), rounds, 256);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(specification)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no PBKDF2 with SHA-256", e);
        } finally {
            specification.clearPassword();
            java.util.Arrays.fill(characters, '\0');
        }
    }

    private static byte[] scrypt(SecretBytes password, String salt, int n, int r, int p) {
        return password.use(bytes ->
                SCrypt.generate(bytes, salt.getBytes(StandardCharsets.UTF_8), n, r, p, 64));
    }

    private static boolean matches(byte[] made, String hex) {
        return MessageDigest.isEqual(made, HexFormat.of().parseHex(hex));
    }
}
