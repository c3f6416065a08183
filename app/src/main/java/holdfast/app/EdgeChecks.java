package holdfast.app;

import holdfast.outbound.AddressPolicy;
import holdfast.outbound.GuardedOutbound;
import holdfast.outbound.Outbound;
import holdfast.outbound.OutboundFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// Looks at where clients come in: the port, the certificate, its key.
final class EdgeChecks {
    private static final Duration SOON = Duration.ofDays(14);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Config config;
    private final InstantSource clock;
    private final Config.Certificate files;
    private final List<Finding> findings = new ArrayList<>();

    EdgeChecks(Config config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.files =
                config.certificate()
                        .orElseGet(() -> OwnCertificate.files(config.stateDir().resolve("tls")));
    }

    List<Finding> all() {
        port();
        if (config.certificate().isPresent() || Files.exists(files.chain())) {
            certificate();
        } else {
            fine("the own certificate will be made at first start");
        }
        return findings;
    }

    private void port() {
        var name = "port " + config.port();
        try (var _ = new ServerSocket(config.port(), 1, InetAddress.getByName(config.address()))) {
            fine(config.port() == 0 ? "any free port will be taken" : name + " can be bound");
        } catch (IOException failure) {
            if (isOurs()) {
                fine(name + " is served by this server, with the certificate of its files");
            } else {
                trouble(
                        "%s: %s".formatted(name, failure.getMessage()),
                        "stop what listens there, choose another --port, or grant"
                                + " CAP_NET_BIND_SERVICE for a low one");
            }
        }
    }

    private boolean isOurs() {
        var everywhere = config.address().equals("0.0.0.0") || config.address().equals("::");
        var target =
                new Outbound.Target(
                        everywhere ? "localhost" : config.address(),
                        config.port(),
                        new Outbound.Trust.SystemAuthorities());
        try {
            var shown =
                    new GuardedOutbound(
                                    new AddressPolicy(true, List.of()), InetAddress::getAllByName)
                            .inspect(target, PATIENCE);
            return shown.fingerprint()
                    .equals(OwnCertificate.fingerprint(files.chain(), Chance.crypto()));
        } catch (OutboundFailure | IOException | GeneralSecurityException _) {
            return false; // nobody who could show it
        }
    }

    private void certificate() {
        try {
            var leaf = OwnCertificate.leaf(files.chain());
            dates(leaf);
            findings.add(
                    Finding.of(
                            belong(key(files.key()), leaf.getPublicKey()),
                            "the key %s belongs to the certificate".formatted(files.key()),
                            "it does not: put the key of this certificate there"));
        } catch (IOException | GeneralSecurityException | RuntimeException failure) {
            trouble(
                    "the certificate %s or its key %s cannot be used: %s"
                            .formatted(files.chain(), files.key(), failure.getMessage()),
                    config.certificate().isPresent()
                            ? "`tls-certificate` is a PEM chain, leaf first; `tls-key` its key as"
                                    + " PKCS #8 PEM without a passphrase"
                            : "move both away: the next start makes new ones");
        }
    }

    private void dates(X509Certificate leaf) {
        var now = clock.instant();
        var from = leaf.getNotBefore().toInstant();
        var to = leaf.getNotAfter().toInstant();
        var name = leaf.getSubjectX500Principal().getName();
        if (now.isBefore(from)) {
            trouble("certificate %s is not valid before %s".formatted(name, from), "set the clock");
        } else if (now.plus(SOON).isAfter(to)) {
            trouble(
                    "certificate %s %s %s".formatted(name, now.isAfter(to) ? "ended" : "ends", to),
                    config.certificate().isPresent()
                            ? "renew it and replace the files: the server takes them up by itself"
                            : "restart the server: it makes a new one");
        } else {
            fine("certificate %s is valid until %s".formatted(name, to));
        }
    }

    private static PrivateKey key(Path file) throws IOException {
        try (var parser = new PEMParser(Files.newBufferedReader(file))) {
            if (parser.readObject() instanceof PrivateKeyInfo info) {
                return new JcaPEMKeyConverter().getPrivateKey(info);
            }
            throw new IOException("it holds no PKCS #8 key in the clear");
        }
    }

    private static boolean belong(PrivateKey key, PublicKey certified)
            throws GeneralSecurityException {
        if (!key.getAlgorithm().replaceFirst("^ECDSA$", "EC").equals(certified.getAlgorithm())) {
            return false;
        }
        var algorithm =
                switch (certified.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> certified.getAlgorithm();
                };
        var sample = new byte[] {1};
        var signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(sample);
        var signature = signer.sign();
        signer.initVerify(certified);
        signer.update(sample);
        return signer.verify(signature);
    }

    private void fine(String what) {
        findings.add(Finding.fine(what));
    }

    private void trouble(String what, String cure) {
        findings.add(Finding.trouble(what, cure));
    }
}
