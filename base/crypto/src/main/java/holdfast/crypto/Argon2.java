package holdfast.crypto;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id, version 0x13 (RFC 9106), by Bouncy Castle: the JDK has none.
final class Argon2 {
    private Argon2() {}

    static Argon2Parameters.Builder cost(int kibibytes, int passes, int lanes) {
        return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(kibibytes)
                .withIterations(passes)
                .withParallelism(lanes);
    }

    static byte[] hash(Argon2Parameters parameters, byte[] password, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(parameters);
        var out = new byte[length];
        generator.generateBytes(password, out);
        return out;
    }
}
