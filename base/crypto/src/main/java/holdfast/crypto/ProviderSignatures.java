package holdfast.crypto;

import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;

/// The only [Signatures]: RSA and ECDSA by the Corretto provider where it loads, the rest by the JDK.
///
/// Keys are made and parsed by the JDK, from the injected random source.
final class ProviderSignatures implements Signatures {
    private static final PSSParameterSpec PSS =
            new PSSParameterSpec(
                    "SHA-256",
                    "MGF1",
                    MGF1ParameterSpec.SHA256,
                    32, // bytes of salt, as long as the hash: RFC 8017 §9.1
                    PSSParameterSpec.TRAILER_FIELD_BC);

    private final SecureRandom random;
    private final Optional<Provider> fast;

    /// @param fast asked first for RSA and ECDSA
    ProviderSignatures(SecureRandom random, Optional<Provider> fast) {
        this.random = random;
        this.fast = fast;
    }

    @Override
    public Pair newPair(KeyShape shape) {
        try {
            var generator = KeyPairGenerator.getInstance(shape.family());
            generator.initialize(shape.parameters(), random);
            var pair = generator.generateKeyPair();
            return new Pair(
                    SecretBytes.owning(pair.getPrivate().getEncoded()),
                    Bytes.owning(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java makes no " + shape, missing);
        }
    }

    @Override
    public Bytes sign(SignatureScheme scheme, SecretBytes privateKey, byte[] message) {
        try {
            var signer = signature(scheme);
            signer.initSign(privateKey.use(lent -> parsed(scheme, lent)), random);
            signer.update(message);
            return Bytes.owning(signer.sign());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(scheme + " did not sign", failure);
        }
    }

    @Override
    public boolean verify(
            SignatureScheme scheme, Bytes publicKey, byte[] message, byte[] signature) {
        try {
            var spec = new X509EncodedKeySpec(publicKey.toArray());
            var verifier = signature(scheme);
            verifier.initVerify(KeyFactory.getInstance(scheme.family()).generatePublic(spec));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException _) {
            return false; // bytes that are no signature of this scheme
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(scheme + " did not verify", failure);
        }
    }

    /// {@return who signs, for a report}
    String provider(SignatureScheme scheme) {
        try {
            return signature(scheme).getProvider().getName();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("nobody offers " + scheme, missing);
        }
    }

    private Signature signature(SignatureScheme scheme) throws GeneralSecurityException {
        boolean offered =
                scheme != SignatureScheme.ED25519
                        && fast.filter(one ->
                                        one.getService("Signature", scheme.algorithm()) != null)
                                .isPresent();
        var signature =
                offered
                        ? Signature.getInstance(scheme.algorithm(), fast.get())
                        : Signature.getInstance(scheme.algorithm());
        if (scheme == SignatureScheme.RSA_PSS_SHA256) {
            signature.setParameter(PSS);
        }
        return signature;
    }

    private static PrivateKey parsed(SignatureScheme scheme, byte[] lent) {
        var own = lent.clone();
        try {
            return KeyFactory.getInstance(scheme.family())
                    .generatePrivate(new PKCS8EncodedKeySpec(own));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("these bytes are no key for " + scheme, failure);
        } finally {
            Arrays.fill(own, (byte) 0);
        }
    }
}
