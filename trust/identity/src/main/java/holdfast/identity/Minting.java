package holdfast.identity;

import holdfast.crypto.Crypto;
import holdfast.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Makes the random texts that open sessions and tokens; only their hash is kept.
final class Minting {
    private static final int LENGTH = 32; // bytes: 256 random bits

    private final Crypto crypto;

    Minting(Crypto crypto) {
        this.crypto = crypto;
    }

    /// {@return `prefix` and 43 characters of base64url}
    String mint(String prefix) {
        try (var random = crypto.random(LENGTH)) {
            return prefix
                    + random.use(
                            bytes -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
    }

    /// SHA-256 is enough for 256 random bits: there is nothing to guess.
    Bytes hash(String minted) {
        return Bytes.owning(crypto.sha256(minted.getBytes(StandardCharsets.UTF_8)));
    }
}
