package holdfast.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers that others published, negative ones too.
class PublishedVectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    /// DER in front of an uncompressed point of P-256: RFC 5480 §2.
    private static final String P256 = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

    private final Crypto crypto = new ProviderCrypto(new SecureRandom());

    private static JsonNode nist(String name) throws IOException {
        try (var file = PublishedVectorsTest.class.getResourceAsStream("nist.json")) {
            return new JsonMapper().readTree(file).path(name);
        }
    }

    @Test
    void aes_256_gcm_opens_and_refuses_as_nist_says() throws IOException {
        int refused = 0;
        for (var vector : nist("aes256gcm")) {
            var key = SecretBytes.owning(hex(vector, "key"));
            var sealed =
                    Bytes.ofHex(
                            vector.path("nonce").asString()
                                    + vector.path("ciphertext").asString()
                                    + vector.path("tag").asString());
            var associated = hex(vector, "associated");
            if (vector.path("opens").asBoolean()) {
                assertThat(crypto.open(key, sealed, associated).<byte[]>use(byte[]::clone))
                        .isEqualTo(hex(vector, "plaintext"));
            } else {
                refused++;
                assertThatThrownBy(() -> crypto.open(key, sealed, associated))
                        .isInstanceOf(Tampered.class);
            }
        }
        assertThat(refused).isGreaterThan(20);
    }

    @Test
    void ecdsa_p256_verifies_and_refuses_as_nist_says() throws IOException {
        int valid = 0;
        for (var vector : nist("ecdsaP256")) {
            boolean expected = vector.path("result").asString().startsWith("P");
            valid += expected ? 1 : 0;
            var publicKey =
                    Bytes.ofHex(P256 + vector.path("x").asString() + vector.path("y").asString());
            assertThat(verifies(publicKey, hex(vector, "message"), der(vector)))
                    .as(vector.path("result").asString())
                    .isEqualTo(expected);
        }
        assertThat(valid).isPositive();
    }

    /// A point off the curve is refused when it is read.
    private boolean verifies(Bytes publicKey, byte[] message, byte[] signature) {
        try {
            return crypto.signatures()
                    .verify(SignatureScheme.ECDSA_P256_SHA256, publicKey, message, signature);
        } catch (IllegalStateException _) {
            return false;
        }
    }

    private static byte[] der(JsonNode vector) throws IOException {
        var both = new ASN1EncodableVector();
        both.add(new ASN1Integer(new BigInteger(1, hex(vector, "r"))));
        both.add(new ASN1Integer(new BigInteger(1, hex(vector, "s"))));
        return new DERSequence(both).getEncoded();
    }

    /// c2sp.org/XAES-256-GCM, "Test vectors": one for each branch of the subkey.
    @Test
    void xaes_256_gcm_gives_the_published_answers() {
        xaes(1, "", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");
        xaes(
                3,
                "c2sp.org/XAES-256-GCM",
                "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d");
    }

    private void xaes(int octet, String associated, String expected) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) octet);
        var key = SecretBytes.owning(bytes);
        var nonce = ascii("ABCDEFGHIJKLMNOPQRSTUVWX");
        var plaintext = SecretBytes.ofUtf8("XAES-256-GCM");
        var fixed = new ProviderCrypto(new Same(nonce));

        var sealed = fixed.sealExtended(key, plaintext, ascii(associated));

        assertThat(sealed.toHex()).isEqualTo(HEX.formatHex(nonce) + expected);
        assertThat(crypto.openExtended(key, sealed, ascii(associated)).matches(plaintext)).isTrue();
    }

    @Test
    void every_flipped_bit_and_every_missing_byte_of_an_extended_one_is_noticed() {
        var key = crypto.random(32);
        var sealed = crypto.sealExtended(key, SecretBytes.ofUtf8("x"), ascii("here"));

        for (int bit = 0; bit < sealed.length() * 8; bit++) {
            var changed = sealed.toArray();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> crypto.openExtended(key, Bytes.owning(changed), ascii("here")))
                    .isInstanceOf(Tampered.class);
        }
        for (int length = 0; length < sealed.length(); length++) {
            var cut = sealed.slice(0, length);
            assertThatThrownBy(() -> crypto.openExtended(key, cut, ascii("here")))
                    .isInstanceOf(Tampered.class);
        }
    }

    @Test
    void what_a_fresh_pair_signs_its_public_half_verifies_and_no_other() {
        var signatures = crypto.signatures();
        var shapes =
                java.util.Map.of(
                        SignatureScheme.ED25519, KeyShape.ED25519,
                        SignatureScheme.ECDSA_P256_SHA256, KeyShape.P256,
                        SignatureScheme.RSA_PSS_SHA256, KeyShape.RSA_2048,
                        SignatureScheme.RSA_PKCS1_SHA256, KeyShape.RSA_2048);
        shapes.forEach((scheme, shape) -> {
            var pair = signatures.newPair(shape);
            var other = signatures.newPair(shape);
            var signature = signatures.sign(scheme, pair.privateKey(), ascii("x")).toArray();
            var open = pair.publicKey();

            assertThat(signatures.verify(scheme, open, ascii("x"), signature)).isTrue();
            assertThat(signatures.verify(scheme, open, ascii("y"), signature)).isFalse();
            assertThat(signatures.verify(scheme, other.publicKey(), ascii("x"), signature))
                    .isFalse();
            assertThat(signatures.verify(scheme, open, ascii("x"), ascii("none"))).isFalse();
        });
    }

    private static byte[] hex(JsonNode vector, String name) {
        return HEX.parseHex(vector.path(name).asString());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Gives the same bytes again and again.
    private static final class Same extends SecureRandom {
        private final byte[] bytes;

        Same(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }
}
