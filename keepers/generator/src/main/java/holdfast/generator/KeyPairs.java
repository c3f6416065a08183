package holdfast.generator;

import holdfast.kernel.SecretBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/// Makes key pairs, written as OpenSSH or as TLS software reads them.
final class KeyPairs {
    private static final int LINE = 64; // characters of base64, RFC 7468 §2
    private static final byte[] END = {'\n'};

    private KeyPairs() {}

    /// Both halves as text.
    record Written(SecretBytes secret, String open) {}

    static Written make(Recipe.KeyPair recipe, SecureRandom random) {
        try {
            var pair = pair(recipe.algorithm(), random);
            return recipe.form() == Recipe.Form.SSH ? ssh(recipe, pair) : tls(pair);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + recipe.algorithm(), missing);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static KeyPair pair(Recipe.Algorithm algorithm, SecureRandom random)
            throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(algorithm.family());
        switch (algorithm) {
            case ED25519 -> generator.initialize(255, random);
            case EC_P256, EC_P384 ->
                    generator.initialize(new ECGenParameterSpec(algorithm.parameter()), random);
            case RSA_2048, RSA_3072, RSA_4096 ->
                    generator.initialize(Integer.parseInt(algorithm.parameter()), random);
        }
        return generator.generateKeyPair();
    }

    private static Written tls(KeyPair pair) {
        byte[] encoded = pair.getPrivate().getEncoded();
        try {
            return new Written(
                    pem("PRIVATE KEY", encoded),
                    pem("PUBLIC KEY", pair.getPublic().getEncoded()).revealUtf8());
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /// Ed25519 in OpenSSH's own form, which alone it reads for it; the others as PKCS #8.
    private static Written ssh(Recipe.KeyPair recipe, KeyPair pair) throws IOException {
        byte[] encoded = pair.getPrivate().getEncoded();
        boolean own = recipe.algorithm() == Recipe.Algorithm.ED25519;
        byte[] secret =
                own
                        ? OpenSSHPrivateKeyUtil.encodePrivateKey(
                                PrivateKeyFactory.createKey(encoded))
                        : encoded;
        byte[] open =
                OpenSSHPublicKeyUtil.encodePublicKey(
                        PublicKeyFactory.createKey(pair.getPublic().getEncoded()));
        try {
            var comment = recipe.comment().isEmpty() ? "" : " " + recipe.comment();
            return new Written(
                    pem(own ? "OPENSSH PRIVATE KEY" : "PRIVATE KEY", secret),
                    sshName(open) + " " + Base64.getEncoder().encodeToString(open) + comment);
        } finally {
            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    /// {@return the name a public key begins with, RFC 4253 §6.6: a length of four bytes, then the text}
    private static String sshName(byte[] key) {
        return new String(key, 4, key[3], StandardCharsets.US_ASCII);
    }

    private static SecretBytes pem(String label, byte[] encoded) {
        byte[] lines = Base64.getMimeEncoder(LINE, END).encode(encoded);
        var out = new Wiped();
        out.writeBytes(("-----BEGIN " + label + "-----\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(lines);
        out.writeBytes(("\n-----END " + label + "-----\n").getBytes(StandardCharsets.US_ASCII));
        Arrays.fill(lines, (byte) 0);
        return out.taken();
    }

    /// A buffer that leaves nothing behind.
    private static final class Wiped extends ByteArrayOutputStream {
        private static final int LARGEST =
                8 * 1024; // bytes: an RSA key of 4096 bits takes less than half

        Wiped() {
            super(LARGEST);
        }

        SecretBytes taken() {
            var secret = SecretBytes.owning(toByteArray());
            Arrays.fill(buf, (byte) 0);
            return secret;
        }
    }
}
