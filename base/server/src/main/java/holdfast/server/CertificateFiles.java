package holdfast.server;

import holdfast.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices when certificate or key were replaced on disk, as an ACME client or an operator does it.
final class CertificateFiles {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateFiles.class);

    private static final Pattern PKCS_8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final byte[] PROBE = {1, 2, 3, 4};

    private final Path chain;
    private final Path key;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<List<State>> seen;

    private record State(FileTime changed, long size) {}

    CertificateFiles(Path chain, Path key) {
        this.chain = chain;
        this.key = key;
        this.seen = states();
    }

    /// Looks at the files every so often, on a thread of its own, until closed.
    void watch(Duration every, Runnable reload) {
        Thread.ofVirtual()
                .name("certificate-files")
                .start(() -> {
                    try {
                        while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                            check(reload);
                        }
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /// Runs `reload` when the files have changed since the last look; tries again at each look while it fails.
    synchronized void check(Runnable reload) {
        var now = states();
        if (now.isEmpty() || now.equals(seen)) {
            return; // a file that is missing is about to be replaced
        }
        try {
            requirePair();
            reload.run();
            seen = now;
            LOG.atInfo().addKeyValue("file", chain).log("certificate reloaded");
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .addKeyValue("file", chain)
                    .addKeyValue("reason", failure.getMessage())
                    .log("new certificate does not load, the old one stays");
        }
    }

    /// Tomcat would serve a certificate with another key, and every handshake would fail.
    ///
    /// @throws holdfast.kernel.Refusal UNAVAILABLE when the key is not the certificate's, or one of them is unreadable
    void requirePair() {
        try (var in = Files.newInputStream(chain)) {
            var leaf = CertificateFactory.getInstance("X.509").generateCertificate(in);
            var pem = Files.readString(key);
            var found = PKCS_8.matcher(pem);
            if (found.find() && !belong(leaf.getPublicKey(), found.group(1))) {
                throw Problem.UNAVAILABLE.because(
                        "%s and %s do not belong together".formatted(chain, key));
            }
        } catch (IOException | GeneralSecurityException failure) {
            throw Problem.UNAVAILABLE.because(
                    "%s and %s must be a certificate and its key in PEM (%s)"
                            .formatted(chain, key, failure.getClass().getSimpleName()));
        }
    }

    private static boolean belong(PublicKey certified, String base64)
            throws GeneralSecurityException {
        var algorithm = certified.getAlgorithm();
        var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
        var signing =
                Signature.getInstance(
                        switch (algorithm) {
                            case "EC" -> "SHA256withECDSA";
                            case "RSA" -> "SHA256withRSA";
                            default -> algorithm;
                        });
        signing.initSign(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
        signing.update(PROBE);
        var signature = signing.sign();
        signing.initVerify(certified);
        signing.update(PROBE);
        return signing.verify(signature);
    }

    private Optional<List<State>> states() {
        try {
            return Optional.of(List.of(state(chain), state(key)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static State state(Path file) throws IOException {
        return new State(Files.getLastModifiedTime(file), Files.size(file));
    }

    /// Ends the watch.
    ///
    /// @return false when it had ended already
    synchronized boolean close() {
        boolean first = closed.getCount() > 0;
        closed.countDown();
        return first;
    }
}
