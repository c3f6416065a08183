package holdfast.sharing;

import holdfast.crypto.Crypto;
import holdfast.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Makes what opens a link; only its hash is kept.
record LinkTokens(Crypto crypto) {
    private static final String PREFIX = "hfl_";
    private static final int LENGTH = 32; // bytes: 256 random bits

    String mint() {
        try (var random = crypto.random(LENGTH)) {
            return PREFIX
                    + random.use(
                            bytes -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
    }

    /// SHA-256 is enough for 256 random bits: there is nothing to guess.
    Bytes hash(String token) {
        return Bytes.owning(crypto.sha256(token.getBytes(StandardCharsets.UTF_8)));
    }
}
