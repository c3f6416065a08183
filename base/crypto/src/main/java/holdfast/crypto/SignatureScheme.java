package holdfast.crypto;

/// How a message is signed.
public enum SignatureScheme {
    /// RFC 8032 §5.1: 64 bytes.
    ED25519("Ed25519", "Ed25519"),
    /// FIPS 186-5 §6 over P-256 with SHA-256: DER, SEC 1 §C.8.
    ECDSA_P256_SHA256("EC", "SHA256withECDSA"),
    /// RFC 8017 §8.1 with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes.
    RSA_PSS_SHA256("RSA", "RSASSA-PSS"),
    /// RFC 8017 §8.2 with SHA-256, for verifiers that know nothing newer.
    RSA_PKCS1_SHA256("RSA", "SHA256withRSA");

    private final String family;
    private final String algorithm;

    SignatureScheme(String family, String algorithm) {
        this.family = family;
        this.algorithm = algorithm;
    }

    String family() {
        return family;
    }

    /// {@return the name that providers know}
    String algorithm() {
        return algorithm;
    }
}
