package holdfast.app;

import holdfast.crypto.Crypto;
import holdfast.crypto.ProviderCrypto;
import holdfast.kernel.Ids;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Time and randomness, taken from the machine here and handed to every room.
final class Chance {
    static final InstantSource CLOCK = InstantSource.system();

    private Chance() {}

    static SecureRandom random() {
        return new SecureRandom();
    }

    static Crypto crypto() {
        return new ProviderCrypto(random());
    }

    static Ids ids() {
        return new Ids(CLOCK, random());
    }
}
