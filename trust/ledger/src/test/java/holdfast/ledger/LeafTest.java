package holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.crypto.ProviderCrypto;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Leaves against bytes that Go made (docs/formats/vectors/ledger.json).
class LeafTest {
    @Test
    void leaves_are_salted_commitments() {
        var leaf = new Leaf(new ProviderCrypto(new SecureRandom()));
        var vectors =
                JsonMapper.shared()
                        .readTree(Path.of("../../docs/formats/vectors/ledger.json").toFile())
                        .get("leaves");

        assertThat(vectors).isNotEmpty();
        for (var vector : vectors) {
            var salt = HexFormat.of().parseHex(vector.get("salt").asString());
            var hash = leaf.hash(salt, vector.get("record").asString());

            assertThat(HexFormat.of().formatHex(hash)).isEqualTo(vector.get("leafHash").asString());
        }
    }
}
