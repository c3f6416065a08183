package holdfast.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds, for each algorithm, the fastest provider that loads and gives the known answer.
///
/// No provider is installed for the whole process: each is asked by name.
record Providers(Provider aead, Provider mac, Provider digest) {
    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);
    private static final HexFormat HEX = HexFormat.of();

    static Providers choose() {
        var candidates = candidates();
        return new Providers(
                first(candidates, "AES-256-GCM", Providers::sealsRightly),
                first(candidates, "HMAC-SHA-256", Providers::authenticatesRightly),
                first(candidates, "SHA-256", Providers::hashesRightly));
    }

    /// From fast to slow. Each is made when it is asked: Bouncy Castle's takes hundreds of classes and is hardly ever needed.
    private static List<Supplier<@Nullable Provider>> candidates() {
        return List.of(
                Providers::corretto,
                () -> Security.getProvider("SunJCE"),
                () -> Security.getProvider("SUN"),
                BouncyCastleProvider::new);
    }

    /// {@return the fast provider, where it loads}
    static Optional<Provider> fast() {
        return Optional.ofNullable(corretto());
    }

    private static @Nullable Provider corretto() {
        try {
            var corretto =
                    com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider.INSTANCE;
            return corretto.getLoadingError() == null ? corretto : null;
        } catch (LinkageError | RuntimeException absent) {
            LOG.atDebug().setCause(absent).log("the Corretto provider does not load here");
            return null;
        }
    }

    private static Provider first(
            List<Supplier<@Nullable Provider>> candidates, String algorithm, Check check) {
        for (var made : candidates) {
            var candidate = made.get();
            if (candidate == null) {
                continue;
            }
            try {
                if (check.passes(candidate)) {
                    return candidate;
                }
                LOG.atError()
                        .addKeyValue("provider", candidate.getName())
                        .addKeyValue("algorithm", algorithm)
                        .log("wrong answer in the self-test, provider not used");
            } catch (GeneralSecurityException absent) {
                LOG.atTrace()
                        .addKeyValue("provider", candidate.getName())
                        .addKeyValue("algorithm", algorithm)
                        .log("not offered");
            }
        }
        throw new IllegalStateException("no provider computes " + algorithm + " rightly");
    }

    /// McGrew and Viega, "The Galois/Counter Mode of Operation", test case 14.
    private static boolean sealsRightly(Provider provider) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new WipeableKey(new byte[32], "AES"),
                new GCMParameterSpec(128, new byte[12]));
        var expected = "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919";
        return Arrays.equals(cipher.doFinal(new byte[16]), HEX.parseHex(expected));
    }

    /// RFC 4231 §4.3.
    private static boolean authenticatesRightly(Provider provider) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256", provider);
        mac.init(new WipeableKey(HEX.parseHex("4a656665"), "HmacSHA256"));
        var message = HEX.parseHex("7768617420646f2079612077616e7420666f72206e6f7468696e673f");
        var expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        return Arrays.equals(mac.doFinal(message), HEX.parseHex(expected));
    }

    /// FIPS 180-4, the example "abc".
    private static boolean hashesRightly(Provider provider) throws GeneralSecurityException {
        var expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        var digest = MessageDigest.getInstance("SHA-256", provider);
        return Arrays.equals(digest.digest(HEX.parseHex("616263")), HEX.parseHex(expected));
    }

    /// A known answer.
    private interface Check {
        boolean passes(Provider provider) throws GeneralSecurityException;
    }
}
