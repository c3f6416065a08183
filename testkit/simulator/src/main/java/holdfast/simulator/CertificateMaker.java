package holdfast.simulator;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes the certificates that an appliance might present: EC P-256, fresh key each time.
final class CertificateMaker {
    private static final X500Name AUTHORITY =
            new X500Name("CN=Rainpole Private Authority,O=Rainpole");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LIFE = Duration.ofDays(730);

    private final InstantSource clock;
    private final KeyPair authorityKey = keyPair();
    private int serial;

    CertificateMaker(InstantSource clock) {
        this.clock = clock;
    }

    /// @param names host names and IP addresses; the first is the subject
    synchronized ServerCertificate make(CertificateShape shape, List<String> names) {
        var key = keyPair();
        return switch (shape) {
            case USUAL -> selfSigned(key, names, LIFE);
            case IP_ONLY -> selfSigned(key, List.of("127.0.0.1"), LIFE);
            case EXPIRED -> selfSigned(key, names, DAY.negated());
            case WRONG_NAME -> selfSigned(key, List.of("another.rainpole.io"), LIFE);
            case ISSUED ->
                    new ServerCertificate(
                            key.getPrivate(),
                            List.of(
                                    sign(key, subject(names), AUTHORITY, names, LIFE),
                                    sign(authorityKey, AUTHORITY, AUTHORITY, List.of(), LIFE)));
        };
    }

    private ServerCertificate selfSigned(KeyPair key, List<String> names, Duration life) {
        var subject = subject(names);
        return new ServerCertificate(
                key.getPrivate(), List.of(sign(key, subject, subject, names, life)));
    }

    private static X500Name subject(List<String> names) {
        return new X500Name("CN=" + names.getFirst() + ",O=Rainpole,C=US");
    }

    private X509Certificate sign(
            KeyPair key, X500Name subject, X500Name issuer, List<String> names, Duration life) {
        var now = clock.instant();
        serial++;
        var builder =
                new JcaX509v3CertificateBuilder(
                        issuer,
                        BigInteger.valueOf(now.toEpochMilli())
                                .shiftLeft(8)
                                .add(BigInteger.valueOf(serial)),
                        Date.from(now.minus(DAY.multipliedBy(30))),
                        Date.from(now.plus(life)),
                        subject,
                        key.getPublic());
        try {
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(names.isEmpty()));
            if (!names.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            }
            var signer =
                    new JcaContentSignerBuilder("SHA256withECDSA").build(signingKey(key, issuer));
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException failure) {
            throw new IllegalStateException("no certificate could be made", failure);
        }
    }

    private PrivateKey signingKey(KeyPair own, X500Name issuer) {
        return issuer.equals(AUTHORITY) ? authorityKey.getPrivate() : own.getPrivate();
    }

    private static GeneralNames alternatives(List<String> names) {
        return new GeneralNames(
                names.stream()
                        .map(name ->
                                new GeneralName(
                                        isAddress(name)
                                                ? GeneralName.iPAddress
                                                : GeneralName.dNSName,
                                        name))
                        .toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String name) {
        return name.contains(":") || name.matches("[0-9.]+");
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
