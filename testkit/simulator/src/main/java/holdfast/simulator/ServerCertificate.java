package holdfast.simulator;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// A key and its certificate chain, leaf first.
record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
    ServerCertificate {
        chain = List.copyOf(chain);
    }

    X509Certificate[] chainArray() {
        return chain.toArray(X509Certificate[]::new);
    }

    /// SHA-256 of the leaf, upper-case hex with colons, as VCF writes it.
    String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(chain.getFirst().getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The certificate that a client would be told to trust: the authority's, or the leaf when it is self-signed.
    String trustPem() {
        try {
            var base64 =
                    Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(chain.getLast().getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "ServerCertificate[" + fingerprint() + "]";
    }
}
