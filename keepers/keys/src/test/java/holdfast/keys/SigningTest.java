package holdfast.keys;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.crypto.SignatureScheme;
import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signatures and codes through the door, against published answers and against `openssl`.
class SigningTest {
    private static final HexFormat HEX = HexFormat.of();

    private final Site site = new Site(TestDatabase.SQLITE);

    @TempDir Path folder;

    @AfterEach
    void close() {
        site.close();
    }

    /// RFC 4231 §4.2 to §4.5, §4.7.
    @Test
    void hmac_gives_the_published_answers() {
        hmac(
                "0b".repeat(20),
                HEX.formatHex(utf8("Hi There")),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        hmac(
                HEX.formatHex(utf8("Jefe")),
                HEX.formatHex(utf8("what do ya want for nothing?")),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        hmac(
                "aa".repeat(20),
                "dd".repeat(50),
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
        hmac(
                "0102030405060708090a0b0c0d0e0f10111213141516171819",
                "cd".repeat(50),
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
        hmac(
                "aa".repeat(131),
                HEX.formatHex(utf8("Test Using Larger Than Block-Size Key - Hash Key First")),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    private void hmac(String key, String input, String expected) {
        var name = site.create("h" + key.hashCode(), KeyType.HMAC_SHA256);
        imported(name, HEX.parseHex(key));
        var message = message(HEX.parseHex(input), Optional.empty());

        var made =
                site.room
                        .operations()
                        .hmac(
                                site.permit(site.ada, Action.SIGN_WITH_KEY, name),
                                name,
                                List.of(new Item.Good<>(message)))
                        .getFirst()
                        .orThrow()
                        .text();

        assertThat(made.bytes().toHex()).isEqualTo(expected);
        assertThat(checked(name, HEX.parseHex(input), made).valid()).isTrue();
        assertThat(checked(name, utf8("something else"), made).valid()).isFalse();
    }

    private Operations.Checked checked(KeyName name, byte[] input, VersionedText text) {
        var claim = new Operations.Claim(SecretBytes.owning(input.clone()), Optional.empty(), text);
        return site.room
                .operations()
                .verifyHmac(
                        site.permit(site.ada, Action.VERIFY_WITH_KEY, name),
                        name,
                        List.of(new Item.Good<>(claim)))
                .getFirst()
                .orThrow();
    }

    /// RFC 8032 §7.1, tests 1 to 3; the seed in the form of RFC 8410 §7.
    @Test
    void ed25519_gives_the_published_answers() {
        ed25519(
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                        + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        ed25519(
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
                        + "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        ed25519(
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
                        + "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    }

    private void ed25519(String seed, String input, String expected) {
        var name = site.create("s" + seed.substring(0, 8), KeyType.ED25519);
        imported(name, HEX.parseHex("302e020100300506032b657004220420" + seed));

        var signature = sign(name, HEX.parseHex(input), Optional.empty());

        assertThat(signature.bytes().toHex()).isEqualTo(expected);
    }

    @Test
    void openssl_verifies_what_every_type_signs_by_the_public_key_that_is_told()
            throws IOException, InterruptedException {
        var input = utf8("pay ada 100");
        var data = Files.write(folder.resolve("data"), input);
        var pss = List.of("-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32");
        var raw = List.of("pkeyutl", "-verify", "-rawin", "-pubin", "-inkey");
        var hashed = List.of("dgst", "-sha256", "-verify");
        verified(KeyType.ED25519, Optional.empty(), input, data, raw, List.of("-in"));
        verified(KeyType.ECDSA_P256, Optional.empty(), input, data, hashed, List.of());
        verified(KeyType.RSA_2048, Optional.empty(), input, data, hashed, pss);
        var old = Optional.of(SignatureScheme.RSA_PKCS1_SHA256);
        verified(KeyType.RSA_3072, old, input, data, hashed, List.of());
    }

    private void verified(
            KeyType type,
            Optional<SignatureScheme> scheme,
            byte[] input,
            Path data,
            List<String> command,
            List<String> more)
            throws IOException, InterruptedException {
        var name = site.create("k-" + type.name().toLowerCase(java.util.Locale.ROOT), type);
        var text = sign(name, input, scheme);
        var key =
                site.room
                        .keys()
                        .read(site.permit(site.ada, Action.READ_KEY, name), name)
                        .publicKey()
                        .orElseThrow();
        var signature = Files.write(folder.resolve("signature"), text.bytes().toArray());
        var publicKey = Files.writeString(folder.resolve("key.pem"), key);

        assertThat(openssl(command, publicKey, signature, more, data)).isZero();
        assertThat(verify(name, input, text, scheme)).isTrue();
        assertThat(verify(name, utf8("pay eve 100"), text, scheme)).isFalse();
        Files.write(data, utf8("pay eve 100"));
        assertThat(openssl(command, publicKey, signature, more, data)).isNotZero();
        Files.write(data, input);
    }

    private static int openssl(
            List<String> command, Path key, Path signature, List<String> more, Path data)
            throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.add("openssl");
        line.addAll(command);
        line.add(key.toString());
        line.addAll(
                command.getFirst().equals("dgst")
                        ? List.of("-signature", signature.toString())
                        : List.of("-sigfile", signature.toString()));
        line.addAll(more);
        line.add(data.toString());
        var process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    private VersionedText sign(KeyName name, byte[] input, Optional<SignatureScheme> scheme) {
        return site.room
                .operations()
                .sign(
                        site.permit(site.ada, Action.SIGN_WITH_KEY, name),
                        name,
                        List.of(new Item.Good<>(message(input, scheme))))
                .getFirst()
                .orThrow()
                .text();
    }

    private boolean verify(
            KeyName name, byte[] input, VersionedText text, Optional<SignatureScheme> scheme) {
        var claim = new Operations.Claim(SecretBytes.owning(input.clone()), scheme, text);
        return site.room
                .operations()
                .verify(
                        site.permit(site.ada, Action.VERIFY_WITH_KEY, name),
                        name,
                        List.of(new Item.Good<>(claim)))
                .getFirst()
                .orThrow()
                .valid();
    }

    private static Operations.Message message(byte[] input, Optional<SignatureScheme> scheme) {
        return new Operations.Message(SecretBytes.owning(input.clone()), scheme, Optional.empty());
    }

    /// Puts other material in the place of the first version: the door takes none.
    private void imported(KeyName name, byte[] material) {
        var id = site.room.keys().read(site.permit(site.ada, Action.READ_KEY, name), name).id();
        Bytes sealed =
                site.seal.seal(TenantId.DEFAULT, Ground.place(id, 1), SecretBytes.owning(material));
        site.database.writePlatform(tx ->
                tx.execute(
                        "UPDATE keys_version SET material = ? WHERE key_id = ?",
                        sealed.toArray(),
                        id.toString()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
