package holdfast.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.shamir.Scheme;
import holdfast.crypto.Shamir.Share;
import holdfast.kernel.SecretBytes;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ShamirTest {
    private static final HexFormat HEX = HexFormat.of();

    private final Crypto crypto = new ProviderCrypto(new SecureRandom());

    @Test
    void every_threshold_of_the_shares_gives_the_secret_back_and_fewer_do_not() {
        try (var secret = crypto.random(32)) {
            for (int threshold = 2; threshold <= 5; threshold++) {
                var shares = Shamir.split(crypto, secret, threshold, 5);
                for (int chosen = 1; chosen < 1 << 5; chosen++) {
                    var some = some(shares, chosen);
                    assertThat(Shamir.combine(some).matches(secret))
                            .as("%d of 5, threshold %d", some.size(), threshold)
                            .isEqualTo(some.size() >= threshold);
                }
            }
        }
    }

    /// Each value of a share byte must be possible for each secret byte, or one share would tell something.
    @Test
    void one_share_tells_nothing() {
        var seen = new boolean[2][256];
        for (int secret = 0; secret < 2; secret++) {
            for (int turn = 0; turn < 8_000; turn++) {
                var shares =
                        Shamir.split(crypto, SecretBytes.owning(new byte[] {(byte) secret}), 2, 2);
                seen[secret][shares.getFirst().value().use(value -> value[0] & 0xff)] = true;
            }
        }
        for (int value = 0; value < 256; value++) {
            assertThat(seen[0][value] && seen[1][value]).as("share byte %d", value).isTrue();
        }
    }

    @Test
    void another_program_joins_our_shares_and_we_join_its() {
        var random = new SecureRandom();
        for (int threshold = 2; threshold < 6; threshold++) {
            var theirs = new Scheme(random, 9, threshold);
            try (var secret = crypto.random(32)) {
                var parts = new HashMap<Integer, byte[]>();
                Shamir.split(crypto, secret, threshold, 9).stream()
                        .skip(9 - threshold)
                        .forEach(share ->
                                parts.put(share.number(), share.value().use(byte[]::clone)));
                assertThat(SecretBytes.owning(theirs.join(parts)).matches(secret)).isTrue();

                var split = theirs.split(secret.use(byte[]::clone));
                var ours =
                        split.entrySet().stream()
                                .limit(threshold)
                                .map(part ->
                                        new Share(
                                                part.getKey(), SecretBytes.owning(part.getValue())))
                                .toList();
                assertThat(Shamir.combine(ours).matches(secret)).isTrue();
            }
        }
    }

    @Test
    void shares_of_a_program_in_another_language_open() throws IOException {
        try (var file = ShamirTest.class.getResourceAsStream("shamir.json")) {
            for (var vector : new JsonMapper().readTree(file).path("cases")) {
                var shares = new ArrayList<Share>();
                for (var share : vector.path("shares")) {
                    shares.add(
                            new Share(
                                    share.path("number").asInt(),
                                    secret(share.path("value").asString())));
                }
                int threshold = vector.path("threshold").asInt();
                var expected = secret(vector.path("secret").asString());
                assertThat(Shamir.combine(shares.subList(0, threshold)).matches(expected)).isTrue();
                assertThat(Shamir.combine(shares.subList(1, threshold)).matches(expected))
                        .isFalse();
            }
        }
    }

    @Test
    void what_cannot_be_is_refused() {
        try (var secret = crypto.random(32)) {
            for (var wrong : List.of(List.of(1, 1), List.of(3, 2), List.of(2, 256))) {
                assertThatThrownBy(() -> Shamir.split(crypto, secret, wrong.get(0), wrong.get(1)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            var shares = Shamir.split(crypto, secret, 2, 3);
            assertThatThrownBy(() -> Shamir.combine(List.of(shares.get(0), shares.get(0))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() ->
                            Shamir.combine(List.of(shares.get(0), new Share(2, crypto.random(8)))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<Share> some(List<Share> shares, int chosen) {
        return IntStream.range(0, shares.size())
                .filter(at -> (chosen >> at & 1) == 1)
                .mapToObj(shares::get)
                .toList();
    }

    private static SecretBytes secret(String hex) {
        return SecretBytes.owning(HEX.parseHex(hex));
    }
}
