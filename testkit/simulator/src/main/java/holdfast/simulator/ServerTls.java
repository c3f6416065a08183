package holdfast.simulator;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// The server's side of TLS with one certificate. Sessions of an earlier certificate cannot be resumed with it.
final class ServerTls {
    private static final String[] ONLY_1_2 = {"TLSv1.2"};
    private static final String[] BOTH = {"TLSv1.3", "TLSv1.2"};
    private static final String[] AES_GCM = {
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
    };

    private final SSLContext context;
    private final TlsMode mode;

    ServerTls(ServerCertificate certificate, TlsMode mode) {
        this.context = context(certificate);
        this.mode = mode;
    }

    private static SSLContext context(ServerCertificate certificate) {
        try {
            var password = new char[0];
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry("server", certificate.key(), password, certificate.chainArray());
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("TLS is not available", impossible);
        }
    }

    /// Puts TLS on top of a socket that was accepted; the handshake is the caller's.
    SSLSocket layer(Socket plain) throws IOException {
        var socket =
                (SSLSocket)
                        context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        socket.setUseClientMode(false);
        switch (mode) {
            case TLS_1_2_AND_1_3 -> socket.setEnabledProtocols(BOTH);
            case TLS_1_2_ONLY -> {
                socket.setEnabledProtocols(ONLY_1_2);
                socket.setEnabledCipherSuites(AES_GCM);
            }
        }
        return socket;
    }
}
