package holdfast.crypto;

import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/// A kind of key pair that signs.
public enum KeyShape {
    /// RFC 8032.
    ED25519("Ed25519"),
    /// NIST SP 800-186 §3.2.1.3.
    P256("EC"),
    /// 65537 as public exponent, FIPS 186-5 §5.1.
    RSA_2048("RSA"),
    RSA_3072("RSA");

    private final String family;

    KeyShape(String family) {
        this.family = family;
    }

    String family() {
        return family;
    }

    AlgorithmParameterSpec parameters() {
        return switch (this) {
            case ED25519 -> NamedParameterSpec.ED25519;
            case P256 -> new ECGenParameterSpec("secp256r1");
            case RSA_2048 -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
            case RSA_3072 -> new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4);
        };
    }
}
