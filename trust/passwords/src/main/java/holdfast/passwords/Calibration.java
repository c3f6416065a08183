package holdfast.passwords;

import holdfast.crypto.Argon2Cost;
import holdfast.crypto.Crypto;
import holdfast.kernel.SecretBytes;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// Chooses the strongest Argon2id cost that this machine computes within the time a sign-in may take.
public final class Calibration {
    /// A sign-in stays below 100 ms, and other work runs beside it.
    private static final Duration MOST = Duration.ofMillis(60);

    /// From weak to strong; the first is the least that is acceptable (OWASP, RFC 9106 §4).
    private static final List<Argon2Cost> LADDER =
            List.of(
                    Argon2Cost.LEAST,
                    new Argon2Cost(19_456, 3, 1),
                    new Argon2Cost(32_768, 2, 1),
                    new Argon2Cost(32_768, 3, 1),
                    new Argon2Cost(47_104, 3, 1),
                    new Argon2Cost(65_536, 3, 1));

    private Calibration() {}

    /// @param nanos a clock that only ever rises
    public static Argon2Cost choose(Crypto crypto, LongSupplier nanos) {
        try (var password = SecretBytes.ofUtf8("calibration")) {
            run(crypto, password, Argon2Cost.LEAST); // warms up
            var chosen = Argon2Cost.LEAST;
            for (var cost : LADDER) {
                long start = nanos.getAsLong();
                run(crypto, password, cost);
                if (nanos.getAsLong() - start > MOST.toNanos()) {
                    break;
                }
                chosen = cost;
            }
            return chosen;
        }
    }

    private static void run(Crypto crypto, SecretBytes password, Argon2Cost cost) {
        crypto.argon2id(password, new byte[16], cost, 32).close();
    }
}
