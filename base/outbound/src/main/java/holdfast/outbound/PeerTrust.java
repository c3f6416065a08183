package holdfast.outbound;

import holdfast.kernel.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Judges one peer by one [Outbound.Trust], and remembers what it showed.
///
/// An *extended* manager: the plain kind would be wrapped by the JDK and given a host name check of its own,
/// which fails on addresses and short names even where a pin says whom to believe.
final class PeerTrust extends X509ExtendedTrustManager {
    private final Outbound.Trust trust;
    private final boolean lenient;
    private final @Nullable X509ExtendedTrustManager authorities;
    private @Nullable X509Certificate shown;
    private boolean accepted;

    /// @param lenient lets the handshake finish even when the peer is not believed, to look at it only
    PeerTrust(Outbound.Trust trust, boolean lenient) {
        this.trust = trust;
        this.lenient = lenient;
        this.authorities =
                switch (trust) {
                    case Outbound.Trust.SystemAuthorities _ -> manager(null);
                    case Outbound.Trust.Authorities(var pem) -> manager(pem);
                    case Outbound.Trust.Pin _, Outbound.Trust.Off _ -> null;
                };
    }

    /// {@return true when the host name must be in the certificate}
    boolean checksName() {
        return authorities != null;
    }

    SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// {@return what the peer showed; empty before a handshake}
    Optional<Outbound.PeerCertificate> shown() {
        return Optional.ofNullable(shown)
                .map(certificate ->
                        new Outbound.PeerCertificate(
                                fingerprint(certificate),
                                certificate.getSubjectX500Principal().getName(),
                                certificate.getIssuerX500Principal().getName(),
                                certificate.getNotBefore().toInstant(),
                                certificate.getNotAfter().toInstant(),
                                accepted));
    }

    static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private interface Check {
        void run(X509ExtendedTrustManager manager) throws CertificateException;
    }

    private void judge(X509Certificate[] chain, Check byAuthorities) throws CertificateException {
        shown = chain[0];
        try {
            switch (trust) {
                case Outbound.Trust.Pin(var pinned) -> {
                    if (!MessageDigest.isEqual(
                            pinned.getBytes(StandardCharsets.US_ASCII),
                            fingerprint(chain[0]).getBytes(StandardCharsets.US_ASCII))) {
                        throw new CertificateException("another certificate than the pinned one");
                    }
                }
                case Outbound.Trust.Off _ -> {
                    // chosen openly: recorded and shown by who chose it
                }
                case Outbound.Trust.SystemAuthorities _, Outbound.Trust.Authorities _ -> {
                    if (authorities != null) {
                        byAuthorities.run(authorities);
                    }
                }
            }
            accepted = true;
        } catch (CertificateException failure) {
            if (!lenient) {
                throw failure;
            }
        }
    }

    private static X509ExtendedTrustManager manager(@Nullable String pem) {
        try {
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(pem == null ? null : store(pem));
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException("the authorities cannot be read", failure);
        }
    }

    /// @throws holdfast.kernel.Refusal MALFORMED unless the text holds one certificate or more
    static void requireCertificates(String pem) {
        try {
            if (store(pem).size() > 0) {
                return;
            }
        } catch (GeneralSecurityException | IOException _) {
            // said below
        }
        throw Problem.MALFORMED.because("the authorities must be one or more certificates in PEM");
    }

    private static KeyStore store(String pem) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        for (var certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
            store.setCertificateEntry("authority-" + number++, certificate);
        }
        return store;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        judge(chain, manager -> manager.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        judge(chain, manager -> manager.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        judge(chain, manager -> manager.checkServerTrusted(chain, type));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
