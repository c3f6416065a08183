package holdfast.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.crypto.Crypto;
import holdfast.crypto.ProviderCrypto;
import holdfast.crypto.Tampered;
import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The format against bytes that Python made (docs/formats/vectors/sealing.json).
class EnvelopeTest {
    private static final JsonNode VECTORS = Vectors.read("sealing.json");

    private final Crypto crypto = new ProviderCrypto(new SecureRandom());
    private final Envelope envelope = new Envelope(crypto);

    static Stream<JsonNode> opens() {
        return VECTORS.get("opens").valueStream();
    }

    static Stream<JsonNode> refused() {
        return VECTORS.get("refused").valueStream();
    }

    @ParameterizedTest
    @MethodSource("opens")
    void what_another_program_sealed_opens(JsonNode vector) {
        assertThat(hex(open(vector))).isEqualTo(text(vector, "plaintext"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_is_changed_or_moved_is_refused(JsonNode vector) {
        assertThatThrownBy(() -> open(vector)).isInstanceOf(Tampered.class);
    }

    @Test
    void every_flipped_bit_is_noticed() {
        var key = crypto.random(32);
        var place = new Place("secret", new UUID(1, 2), 3);
        var sealed = envelope.seal(key, 1, TenantId.DEFAULT, place, SecretBytes.ofUtf8("hunter2"));

        for (int bit = 0; bit < sealed.length() * 8; bit++) {
            var changed = sealed.toArray();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() ->
                            envelope.open(key, TenantId.DEFAULT, place, Bytes.copyOf(changed)))
                    .as("bit %d", bit)
                    .isInstanceOf(Tampered.class);
        }
    }

    @Test
    void wrapped_tenant_key_and_root_key_are_as_the_format_says() {
        var tenant = VECTORS.get("tenantKey");
        var context = "holdfast-tenant-key/1/%s/wrap/3".formatted(text(tenant, "tenant"));
        assertThat(hex(crypto.open(secret(tenant, "root"), bytes(tenant), ascii(context))))
                .isEqualTo(text(tenant, "key"));

        var root = VECTORS.get("rootKey");
        assertThat(
                        hex(
                                crypto.open(
                                        secret(root, "opener"),
                                        bytes(root),
                                        ascii("holdfast-root/1/key-file/1"))))
                .isEqualTo(text(root, "root"));
    }

    private SecretBytes open(JsonNode vector) {
        var place =
                new Place(
                        text(vector, "kind"),
                        UUID.fromString(text(vector, "id")),
                        vector.get("version").asInt());
        return envelope.open(
                secret(vector, "tenantKey"),
                new TenantId(UUID.fromString(text(vector, "tenant"))),
                place,
                Bytes.ofHex(text(vector, "sealed")));
    }

    private static String text(JsonNode node, String member) {
        return node.get(member).asString();
    }

    private static SecretBytes secret(JsonNode node, String member) {
        return SecretBytes.owning(HexFormat.of().parseHex(text(node, member)));
    }

    private static Bytes bytes(JsonNode node) {
        return Bytes.ofHex(text(node, "wrapped"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String hex(SecretBytes secret) {
        return secret.use(HexFormat.of()::formatHex);
    }
}
