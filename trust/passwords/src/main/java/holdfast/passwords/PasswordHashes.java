package holdfast.passwords;

import holdfast.crypto.Argon2Cost;
import holdfast.crypto.Crypto;
import holdfast.kernel.SecretBytes;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;

/// Makes and checks password hashes. New ones are Argon2id in PHC form; those of Werkzeug are accepted, never written.
///
/// Slow on purpose: called on the [HashPool] only.
public final class PasswordHashes {
    private static final int SALT = 16; // bytes, RFC 9106 §4
    private static final int HASH = 32; // bytes, RFC 9106 §4
    private static final int MOST_KIBIBYTES =
            1 << 20; // a stored hash may not ask for more than 1 GiB
    private static final int MOST_PASSES = 64;
    private static final Pattern PHC =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d)"
                            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private final Crypto crypto;
    private final Argon2Cost cost;

    public PasswordHashes(Crypto crypto, Argon2Cost cost) {
        this.crypto = crypto;
        this.cost = cost;
    }

    /// {@return `$argon2id$v=19$m=…,t=…,p=…$salt$hash`}
    public String hash(SecretBytes password) {
        try (var salt = crypto.random(SALT)) {
            return salt.use(bytes -> {
                try (var hash = crypto.argon2id(password, bytes, cost, HASH)) {
                    return phc(bytes, hash);
                }
            });
        }
    }

    /// {@return what no password hashes to, and as slow to check as any other}
    public String ofNobody() {
        try (var salt = crypto.random(SALT);
                var hash = crypto.random(HASH)) {
            return salt.use(bytes -> phc(bytes, hash));
        }
    }

    private String phc(byte[] salt, SecretBytes hash) {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.kibibytes(),
                        cost.passes(),
                        cost.lanes(),
                        encoded(salt),
                        hash.use(PasswordHashes::encoded));
    }

    /// {@return whether `stored` was made of `password`; false for a form nobody knows}
    public boolean verify(SecretBytes password, String stored) {
        if (Werkzeug.isOne(stored)) {
            return Werkzeug.verify(password, stored);
        }
        var phc = PHC.matcher(stored);
        if (!phc.matches()) {
            return false;
        }
        int kibibytes = Integer.parseInt(phc.group(1));
        int passes = Integer.parseInt(phc.group(2));
        int lanes = Integer.parseInt(phc.group(3));
        if (!isBearable(kibibytes, passes, lanes)) {
            return false;
        }
        var known = Base64.getDecoder().decode(phc.group(5));
        var was = new Argon2Cost(kibibytes, passes, lanes);
        var salt = Base64.getDecoder().decode(phc.group(4));
        try (var again = crypto.argon2id(password, salt, was, known.length)) {
            return again.use(bytes -> MessageDigest.isEqual(bytes, known));
        }
    }

    /// {@return whether the hash should be made again now that the password is at hand}
    public boolean isOutdated(String stored) {
        return !stored.startsWith(
                "$argon2id$v=19$m=%d,t=%d,p=%d$"
                        .formatted(cost.kibibytes(), cost.passes(), cost.lanes()));
    }

    /// What a database says is bounded too: neither too weak to be honoured nor too costly to be computed.
    private static boolean isBearable(int kibibytes, int passes, int lanes) {
        var least = Argon2Cost.LEAST;
        return kibibytes >= least.kibibytes()
                && kibibytes <= MOST_KIBIBYTES
                && passes >= least.passes()
                && passes <= MOST_PASSES
                && lanes >= 1
                && lanes <= 4;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
