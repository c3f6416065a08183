package holdfast.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProviderCryptoTest {
    private static final HexFormat HEX = HexFormat.of();

    private final Crypto crypto = new ProviderCrypto(new SecureRandom());

    /// McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16.
    @Test
    void aes_256_gcm_gives_the_published_answer() {
        var fixed = new ProviderCrypto(new FixedRandom("cafebabefacedbaddecaf888"));
        var key = secret("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
        var plaintext =
                secret(
                        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        var associated = HEX.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");

        var sealed = fixed.seal(key, plaintext, associated);

        assertThat(sealed.toHex())
                .isEqualTo(
                        "cafebabefacedbaddecaf888"
                                + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                                + "76fc6ece0f4e1768cddf8853bb2d551b");
        assertThat(fixed.open(key, sealed, associated).matches(plaintext)).isTrue();
    }

    @Test
    void every_flipped_bit_is_noticed() {
        var key = crypto.random(32);
        var sealed = crypto.seal(key, SecretBytes.ofUtf8("hunter2"), ascii("here"));

        for (int bit = 0; bit < sealed.length() * 8; bit++) {
            var changed = sealed.toArray();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> crypto.open(key, Bytes.copyOf(changed), ascii("here")))
                    .isInstanceOf(Tampered.class);
        }
    }

    @Test
    void other_associated_data_another_key_and_too_few_bytes_do_not_open() {
        var key = crypto.random(32);
        var sealed = crypto.seal(key, SecretBytes.ofUtf8("hunter2"), ascii("here"));

        assertThatThrownBy(() -> crypto.open(key, sealed, ascii("there")))
                .isInstanceOf(Tampered.class);
        assertThatThrownBy(() -> crypto.open(crypto.random(32), sealed, ascii("here")))
                .isInstanceOf(Tampered.class);
        for (int length = 0; length < sealed.length(); length++) {
            var cut = sealed.slice(0, length);
            assertThatThrownBy(() -> crypto.open(key, cut, ascii("here")))
                    .isInstanceOf(Tampered.class);
        }
    }

    @Test
    void a_nonce_is_never_used_twice() {
        var key = crypto.random(32);
        var first = crypto.seal(key, SecretBytes.ofUtf8("x"), new byte[0]);
        var second = crypto.seal(key, SecretBytes.ofUtf8("x"), new byte[0]);

        assertThat(first.slice(0, 12)).isNotEqualTo(second.slice(0, 12));
    }

    /// RFC 5869 Appendix A.1 to A.3.
    @Test
    void hkdf_gives_the_published_answers() {
        assertThat(hkdf("0b".repeat(22), "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9", 42))
                .isEqualTo(
                        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                                + "34007208d5b887185865");
        assertThat(hkdf(range(0x00, 0x50), range(0x60, 0xb0), range(0xb0, 0x100), 82))
                .isEqualTo(
                        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                                + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                                + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
        assertThat(hkdf("0b".repeat(22), "", "", 42))
                .isEqualTo(
                        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                                + "9d201395faa4b61a96c8");
    }

    /// RFC 4231 §4.2 and §4.7 (a key longer than a block).
    @Test
    void hmac_gives_the_published_answers() {
        assertThat(crypto.mac(secret("0b".repeat(20)), ascii("Hi There")).toHex())
                .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        assertThat(
                        crypto.mac(
                                        secret("aa".repeat(131)),
                                        ascii(
                                                "Test Using Larger Than Block-Size Key - Hash Key First"))
                                .toHex())
                .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    /// FIPS 180-4, the examples of one and of two blocks.
    @Test
    void sha_256_gives_the_published_answers_however_the_message_is_cut() {
        assertThat(HEX.formatHex(crypto.sha256(ascii("a"), ascii(""), ascii("bc"))))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(
                        HEX.formatHex(
                                crypto.sha256(
                                        ascii(
                                                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))))
                .isEqualTo("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    }

    /// RFC 9106 §5.3.
    @Test
    void argon2id_gives_the_published_answer() {
        var parameters =
                Argon2.cost(32, 3, 4)
                        .withSalt(HEX.parseHex("02".repeat(16)))
                        .withSecret(HEX.parseHex("03".repeat(8)))
                        .withAdditional(HEX.parseHex("04".repeat(12)))
                        .build();

        assertThat(HEX.formatHex(Argon2.hash(parameters, HEX.parseHex("01".repeat(32)), 32)))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    @Test
    void argon2id_depends_on_password_and_salt() {
        var salt = HEX.parseHex("00".repeat(16));
        var other = HEX.parseHex("01".repeat(16));
        var hash = crypto.argon2id(SecretBytes.ofUtf8("pass"), salt, Argon2Cost.LEAST, 32);

        assertThat(
                        crypto.argon2id(SecretBytes.ofUtf8("pass"), salt, Argon2Cost.LEAST, 32)
                                .matches(hash))
                .isTrue();
        assertThat(
                        crypto.argon2id(SecretBytes.ofUtf8("Pass"), salt, Argon2Cost.LEAST, 32)
                                .matches(hash))
                .isFalse();
        assertThat(
                        crypto.argon2id(SecretBytes.ofUtf8("pass"), other, Argon2Cost.LEAST, 32)
                                .matches(hash))
                .isFalse();
    }

    @Test
    void a_cost_below_the_least_is_refused() {
        assertThatThrownBy(() -> new Argon2Cost(19_455, 2, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Argon2Cost(19_456, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// RFC 8032 §7.1, TEST 1 to TEST 3.
    @Test
    void ed25519_gives_the_published_answers() {
        signs(
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        signs(
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        signs(
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    }

    @Test
    void a_signature_over_something_else_does_not_verify() {
        var key = crypto.newSigningKey();
        var signature = key.sign(ascii("message"));

        assertThat(crypto.verify(key.publicKey(), ascii("message"), signature)).isTrue();
        assertThat(crypto.verify(key.publicKey(), ascii("Message"), signature)).isFalse();
        for (int i = 0; i < signature.length; i++) {
            var changed = signature.clone();
            changed[i] ^= 1;
            assertThat(crypto.verify(key.publicKey(), ascii("message"), changed)).isFalse();
        }
        assertThat(crypto.verify(new byte[31], ascii("message"), signature)).isFalse();
        assertThat(crypto.verify(key.publicKey(), ascii("message"), new byte[0])).isFalse();
    }

    @Test
    void a_signing_key_comes_back_from_its_seed() {
        var key = crypto.newSigningKey();
        try (var seed = key.seed()) {
            assertThat(crypto.signingKey(seed).publicKey()).isEqualTo(key.publicKey());
        }
    }

    @Test
    void the_report_names_a_provider_for_every_algorithm() {
        assertThat(crypto.providers()).containsKeys("AES-256-GCM", "SHA-256", "Ed25519");
        assertThat(crypto.providers().values()).doesNotContain("");
    }

    private void signs(String seed, String publicKey, String message, String signature) {
        var key = crypto.signingKey(secret(seed));
        assertThat(HEX.formatHex(key.publicKey())).isEqualTo(publicKey);
        assertThat(HEX.formatHex(key.sign(HEX.parseHex(message)))).isEqualTo(signature);
        assertThat(
                        crypto.verify(
                                HEX.parseHex(publicKey),
                                HEX.parseHex(message),
                                HEX.parseHex(signature)))
                .isTrue();
    }

    private String hkdf(String key, String salt, String info, int length) {
        return crypto.derive(secret(key), HEX.parseHex(salt), HEX.parseHex(info), length)
                .use(HEX::formatHex);
    }

    private static String range(int from, int to) {
        var bytes = new byte[to - from];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (from + i);
        }
        return HEX.formatHex(bytes);
    }

    private static SecretBytes secret(String hex) {
        return SecretBytes.owning(HEX.parseHex(hex));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Gives the same bytes again and again.
    private static final class FixedRandom extends SecureRandom {
        private final byte[] bytes;

        FixedRandom(String hex) {
            this.bytes = HEX.parseHex(hex);
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(Arrays.copyOf(bytes, target.length), 0, target, 0, target.length);
        }
    }
}
