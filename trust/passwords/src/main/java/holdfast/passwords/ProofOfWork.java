package holdfast.passwords;

import holdfast.cluster.Counters;
import holdfast.crypto.Crypto;
import holdfast.kernel.Micros;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import holdfast.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/// Makes guessing cost the guesser: find a nonce so that SHA-256 of `challenge:nonce` begins with zero bits.
///
/// A challenge is `microseconds.difficulty.random.mac`: nothing is stored until it is used, and it is used once.
public final class ProofOfWork {
    private static final String PURPOSE = "proof-of-work";
    private static final int KEY = 32; // bytes
    private static final String ALGORITHM = "sha256-zero-bits";
    private static final int EASIEST =
            16; // bits: 65,536 hashes on average, some 0.2 s in a browser
    private static final int HARDEST = 22; // bits
    private static final int NONCE = 64; // characters
    private static final Duration VALID = Duration.ofMinutes(5);

    private final Crypto crypto;
    private final Seal seal;
    private final Counters counters;
    private final InstantSource clock;

    public ProofOfWork(Crypto crypto, Seal seal, Counters counters, InstantSource clock) {
        this.crypto = crypto;
        this.seal = seal;
        this.counters = counters;
        this.clock = clock;
    }

    /// @param strain how far failures have gone beyond what is free, from 0
    public Challenge challenge(int strain) {
        var expires = clock.instant().plus(VALID);
        int difficulty = difficulty(strain);
        try (var random = crypto.random(16)) {
            var body =
                    "%d.%d.%s"
                            .formatted(
                                    Micros.of(expires), difficulty, random.use(ProofOfWork::text));
            return new Challenge(body + "." + mac(body), difficulty, expires, ALGORITHM);
        }
    }

    /// Refuses unless a fitting proof was brought; nothing is asked for while `strain` is 0.
    ///
    /// @throws holdfast.kernel.Refusal PROOF_REQUIRED, with a fresh challenge
    public void require(int strain, Optional<Solution> solution) {
        if (strain > 0 && solution.filter(one -> holds(one, difficulty(strain))).isEmpty()) {
            var fresh = challenge(strain);
            throw Problem.PROOF_REQUIRED
                    .because("solve the proof of work, then send the same request with it")
                    .with("challenge", fresh.challenge())
                    .with("difficulty", fresh.difficulty())
                    .with("expires", fresh.expires())
                    .with("algorithm", fresh.algorithm());
        }
    }

    private boolean holds(Solution solution, int wanted) {
        var challenge = solution.challenge();
        int cut = challenge.lastIndexOf('.');
        var fields = challenge.split("\\.", -1);
        if (cut < 0 || fields.length != 4 || solution.nonce().length() > NONCE) {
            return false;
        }
        if (!isOurs(challenge.substring(0, cut), challenge.substring(cut + 1))) {
            return false;
        }
        var hash = crypto.sha256(utf8(challenge + ":" + solution.nonce()));
        return Micros.toInstant(Long.parseLong(fields[0])).isAfter(clock.instant())
                && Integer.parseInt(fields[1]) >= wanted
                && zeroBits(hash) >= Integer.parseInt(fields[1])
                && counters.slidingWindow("proof-of-work:" + challenge, 1, VALID).allowed();
    }

    /// {@return how many zero bits a hash begins with}
    public static int zeroBits(byte[] hash) {
        int bits = 0;
        for (byte one : hash) {
            if (one != 0) {
                return bits + Integer.numberOfLeadingZeros(one & 0xff) - 24;
            }
            bits += 8;
        }
        return bits;
    }

    private static int difficulty(int strain) {
        return Math.min(HARDEST, EASIEST + Math.max(0, strain - 1));
    }

    private String mac(String body) {
        try (SecretBytes key = seal.serviceKey(PURPOSE, KEY)) {
            return mac(key, body);
        }
    }

    private String mac(SecretBytes key, String body) {
        return text(crypto.mac(key, utf8(body)).toArray());
    }

    /// A challenge outlives the key that it was made with.
    private boolean isOurs(String body, String mac) {
        boolean ours = false;
        for (var service : seal.serviceKeys(PURPOSE, KEY)) {
            try (service) {
                ours |= MessageDigest.isEqual(utf8(mac), utf8(mac(service.key(), body)));
            }
        }
        return ours;
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// @param difficulty zero bits
    public record Challenge(String challenge, int difficulty, Instant expires, String algorithm) {}

    public record Solution(String challenge, String nonce) {}
}
