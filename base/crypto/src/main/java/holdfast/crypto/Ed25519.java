package holdfast.crypto;

import holdfast.kernel.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/// An Ed25519 key (RFC 8032): the JDK signs and verifies.
final class Ed25519 implements SigningKey {
    static final int SEED = 32; // bytes

    private static final int PUBLIC = 32; // bytes
    private static final int SIGNATURE = 64; // bytes

    /// DER in front of the seed (RFC 8410 §7) and of the public key (RFC 8410 §4).
    private static final byte[] PRIVATE_PREFIX =
            HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final SecretBytes seed;
    private final PrivateKey key;
    private final byte[] publicKey;

    /// @param seed 32 bytes, owned by the new key
    Ed25519(SecretBytes seed) {
        if (seed.length() != SEED) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes");
        }
        this.seed = seed;
        this.publicKey =
                seed.use(lent -> new Ed25519PrivateKeyParameters(lent).generatePublicKey())
                        .getEncoded();
        this.key = seed.use(Ed25519::privateKey);
    }

    static Provider provider() {
        try {
            return KeyFactory.getInstance("Ed25519").getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK offers no Ed25519", e);
        }
    }

    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != PUBLIC || signature.length != SIGNATURE) {
            return false;
        }
        try {
            var verifier = Signature.getInstance("Ed25519");
            var spec = new X509EncodedKeySpec(joined(PUBLIC_PREFIX, publicKey));
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(spec));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // a point that is not on the curve, or a scalar out of range
        }
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 did not sign", e);
        }
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public SecretBytes seed() {
        return seed.copy();
    }

    @Override
    public String toString() {
        return "Ed25519[" + HexFormat.of().formatHex(publicKey) + "]";
    }

    private static PrivateKey privateKey(byte[] seed) {
        var encoded = joined(PRIVATE_PREFIX, seed);
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK refused an Ed25519 seed", e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
