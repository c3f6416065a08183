package holdfast.app;

import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The certificate a server issues itself at first start, from an authority made for that moment.
///
/// The authority's key is dropped once the leaf is signed: nothing is left that could sign another.
/// A leaf that has run for two thirds of its life is replaced, together with its authority.
final class OwnCertificate {
    private static final Duration LIFE =
            Duration.ofDays(397); // what browsers accept at most is 398
    private static final int SERIAL_BITS = 159; // RFC 5280 §4.1.2.2: 20 octets at most

    private final Path folder;
    private final InstantSource clock;
    private final SecureRandom random;

    /// @param folder 0700; holds `cert.pem` (leaf, authority) and `key.pem` (0600)
    OwnCertificate(Path folder, InstantSource clock, SecureRandom random) {
        this.folder = folder;
        this.clock = clock;
        this.random = random;
    }

    static Config.Certificate files(Path folder) {
        return new Config.Certificate(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    }

    /// {@return the files, made anew when there are none or their time is running out}
    Config.Certificate ensure(List<String> names) {
        var files = files(folder);
        try {
            if (!Files.exists(files.chain()) || isOld(leaf(files.chain()))) {
                issue(files, names);
            }
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException | OperatorCreationException failure) {
            throw new IllegalStateException("the own certificate could not be made", failure);
        }
    }

    /// {@return SHA-256 of the leaf, upper-case hex with colons}
    static String fingerprint(Path chain, holdfast.crypto.Crypto crypto)
            throws IOException, GeneralSecurityException {
        var hex = Bytes.owning(crypto.sha256(leaf(chain).getEncoded())).toHex();
        return hex.replaceAll("(..)(?!$)", "$1:").toUpperCase(java.util.Locale.ROOT);
    }

    static X509Certificate leaf(Path chain) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(chain)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(in)
                            .iterator()
                            .next();
        }
    }

    private boolean isOld(X509Certificate leaf) {
        var end = leaf.getNotAfter().toInstant();
        return clock.instant().isAfter(end.minus(LIFE.dividedBy(3)));
    }

    private void issue(Config.Certificate files, List<String> names)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var authorityKeys = keys();
        var leafKeys = keys();
        var authorityName = new X500Name("CN=Holdfast own authority");
        var notBefore = clock.instant().minus(Duration.ofHours(1));
        var extensions = new JcaX509ExtensionUtils();
        var signer =
                new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKeys.getPrivate());

        var authority = builder(authorityName, notBefore, authorityName, authorityKeys);
        authority.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        authority.addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        authority.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                extensions.createSubjectKeyIdentifier(authorityKeys.getPublic()));

        var leaf =
                builder(authorityName, notBefore, new X500Name("CN=" + names.getFirst()), leafKeys);
        leaf.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        leaf.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        leaf.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        leaf.addExtension(Extension.subjectAlternativeName, false, names(names));
        leaf.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                extensions.createAuthorityKeyIdentifier(authorityKeys.getPublic()));

        var converter = new JcaX509CertificateConverter();
        var chain =
                pem(converter.getCertificate(leaf.build(signer)))
                        + pem(converter.getCertificate(authority.build(signer)));
        try (var key =
                SecretBytes.ofUtf8(pem(new JcaPKCS8Generator(leafKeys.getPrivate(), null)))) {
            replace(files.key(), key);
        }
        replace(files.chain(), SecretBytes.owning(chain.getBytes(StandardCharsets.US_ASCII)));
    }

    private JcaX509v3CertificateBuilder builder(
            X500Name issuer, Instant notBefore, X500Name subject, KeyPair keys) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                Date.from(notBefore),
                Date.from(notBefore.plus(LIFE).minusSeconds(1)),
                subject,
                keys.getPublic());
    }

    private KeyPair keys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private static GeneralNames names(List<String> names) {
        return new GeneralNames(
                names.stream()
                        .map(name ->
                                new GeneralName(
                                        name.matches("[0-9.]+|.*:.*")
                                                ? GeneralName.iPAddress
                                                : GeneralName.dNSName,
                                        name))
                        .toArray(GeneralName[]::new));
    }

    private static String pem(Object object) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }

    /// Whole or not at all: written beside, then moved over.
    private static void replace(Path file, SecretBytes content) throws IOException {
        var beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        StateDir.create(beside);
        content.use(bytes -> {
            try {
                return Files.write(beside, bytes);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        Files.move(
                beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
