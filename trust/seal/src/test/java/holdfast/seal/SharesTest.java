package holdfast.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.crypto.Crypto;
import holdfast.crypto.ProviderCrypto;
import holdfast.kernel.Bytes;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A root key that several people open together.
class SharesTest {
    private static final TenantId TENANT = new TenantId(new UUID(0x7000L, 10));
    private static final Place PLACE = new Place("secret", new UUID(1, 2), 1);

    private final Crypto crypto = new ProviderCrypto(new SecureRandom());
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    private final ArrayList<KeyStore> stores = new ArrayList<>();

    @TempDir Path directory;

    @AfterEach
    void close() {
        stores.forEach(KeyStore::close);
    }

    @Test
    void any_three_of_five_people_open_what_was_sealed_before_and_after_the_split() {
        var first = byKeyFile();
        var before = seal(first, "before");
        var shares = texts(first.keys().split(3, 5, () -> {}));
        var after = seal(first, "after");

        assertThat(directory.resolve("master.key")).doesNotExist();
        for (var three : List.of(List.of(0, 1, 2), List.of(4, 2, 0), List.of(1, 3, 4))) {
            var room = waiting();
            assertThat(room.seal().status().open()).isFalse();
            for (int brought = 0; brought < 3; brought++) {
                assertThat(problem(() -> open(room, before))).isEqualTo(Problem.SEALED);
                assertThat(room.seal().status().shares().orElseThrow().brought())
                        .isEqualTo(brought);
                bring(room, shares.get(three.get(brought)));
            }
            assertThat(room.seal().status().open()).isTrue();
            assertThat(open(room, before)).isEqualTo("before");
            assertThat(open(room, after)).isEqualTo("after");
        }
    }

    @Test
    void the_same_share_twice_counts_once() {
        var shares = texts(byKeyFile().keys().split(2, 3, () -> {}));
        var room = waiting();

        bring(room, shares.get(1));
        bring(room, shares.get(1));

        assertThat(room.seal().status().open()).isFalse();
        assertThat(room.seal().status().shares().orElseThrow().brought()).isEqualTo(1);
    }

    @Test
    void a_forged_share_is_named_and_the_others_stay() {
        var first = byKeyFile();
        var shares = texts(first.keys().split(2, 3, () -> {}));
        var set = first.seal().status().shares().orElseThrow().set();
        var room = waiting();
        bring(room, shares.get(0));

        for (int number : List.of(2, 4)) {
            var forged = forged(set, number);
            var refusal = catchThrowableOfType(Refusal.class, () -> room.keys().bring(forged));
            assertThat(refusal.problem()).isEqualTo(Problem.INVALID);
            assertThat(refusal.detail()).contains("share " + number);
        }

        assertThat(room.seal().status().shares().orElseThrow().brought()).isEqualTo(1);
        bring(room, shares.get(2));
        assertThat(room.seal().status().open()).isTrue();
    }

    private KeyShare forged(String set, int number) {
        return new KeyShare(
                Bytes.ofHex(set),
                2,
                new holdfast.crypto.Shamir.Share(number, crypto.random(KeyShare.VALUE)));
    }

    @Test
    void without_what_shares_are_known_by_a_forged_one_opens_nothing_and_all_are_forgotten()
            throws Exception {
        var first = byKeyFile();
        var shares = texts(first.keys().split(2, 3, () -> {}));
        var set = first.seal().status().shares().orElseThrow().set();
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("state").resolve("keys.db"));
                var statement = connection.createStatement()) {
            statement.execute("UPDATE seal_root SET salt = substr(salt, 1, 4)");
        }
        var room = waiting();
        bring(room, shares.get(0));

        assertThat(problem(() -> room.keys().bring(forged(set, 2)))).isEqualTo(Problem.SEALED);

        assertThat(room.seal().status().shares().orElseThrow().brought()).isZero();
        bring(room, shares.get(1));
        bring(room, shares.get(2));
        assertThat(room.seal().status().open()).isTrue();
    }

    @Test
    void people_can_begin_anew() {
        var shares = texts(byKeyFile().keys().split(2, 3, () -> {}));
        var room = waiting();
        bring(room, shares.get(0));

        var set = room.seal().status().shares().orElseThrow().set();
        var stranger = forged(set, 2);
        assertThat(problem(() -> room.keys().forgetShares(stranger))).isEqualTo(Problem.INVALID);
        assertThat(room.seal().status().shares().orElseThrow().brought()).isEqualTo(1);
        var proof = room.keys().share(shares.get(2));
        assertThat(room.keys().forgetShares(proof).shares().orElseThrow().brought()).isZero();
        bring(room, shares.get(1));
        assertThat(room.seal().status().open()).isFalse();
    }

    @Test
    void shares_of_an_earlier_split_and_shares_for_an_open_key_are_refused() {
        var room = byKeyFile();
        var old = texts(room.keys().split(2, 2, () -> {}));
        var shares = texts(room.keys().split(2, 2, () -> {}));
        assertThat(problem(() -> bring(room, shares.getFirst()))).isEqualTo(Problem.CONFLICT);

        var later = waiting();
        assertThat(problem(() -> bring(later, old.getFirst()))).isEqualTo(Problem.INVALID);
        assertThat(later.seal().status().shares().orElseThrow().brought()).isZero();
    }

    @Test
    void a_slip_of_the_pen_is_found_in_every_place() {
        var share = texts(byKeyFile().keys().split(2, 2, () -> {})).getFirst();
        for (int at = 4; at < share.length(); at++) {
            if (share.charAt(at) != '-') {
                char other = share.charAt(at) == 'B' ? 'C' : 'B';
                var typed = share.substring(0, at) + other + share.substring(at + 1);
                assertThat(problem(() -> KeyShare.parse(crypto, typed))).isEqualTo(Problem.INVALID);
            }
        }
        for (var wrong : List.of("", "HFS1", share + "A", share.substring(1), "HFS1-0189")) {
            assertThat(problem(() -> KeyShare.parse(crypto, wrong))).isEqualTo(Problem.INVALID);
        }
        var relaxed = share.toLowerCase(java.util.Locale.ROOT).replace("-", " ") + "\n";
        assertThat(KeyShare.parse(crypto, relaxed).text(crypto)).isEqualTo(share);
        assertThat(KeyShare.parse(crypto, share).toString()).doesNotContain(share.substring(20));
    }

    @Test
    void a_split_that_may_not_be_told_leaves_the_key_file() throws Exception {
        var room = byKeyFile();
        var sealed = seal(room, "hunter2");
        assertThatThrownBy(() ->
                        room.keys()
                                .split(
                                        2,
                                        3,
                                        () -> {
                                            throw new IllegalStateException("disk full");
                                        }))
                .hasMessage("disk full");
        assertThat(Files.readString(directory.resolve("master.key"))).hasSize(65);
        assertThat(open(byKeyFile(), sealed)).isEqualTo("hunter2");
    }

    @Test
    void it_moves_back_to_a_passphrase_and_impossible_splits_are_refused() {
        var room = byKeyFile();
        var sealed = seal(room, "hunter2");
        for (var wrong : List.of(List.of(1, 3), List.of(4, 3), List.of(2, 256))) {
            assertThat(problem(() -> room.keys().split(wrong.get(0), wrong.get(1), () -> {})))
                    .isEqualTo(Problem.INVALID);
        }
        texts(room.keys().split(2, 3, () -> {}));
        var passphrase = new Unsealing.Passphrase(SecretBytes.ofUtf8("sixteen letters!"));
        room.keys().move(passphrase, () -> {});

        assertThat(open(room(passphrase), sealed)).isEqualTo("hunter2");
    }

    private SealRoom byKeyFile() {
        return room(new Unsealing.KeyFile(directory.resolve("master.key")));
    }

    private SealRoom waiting() {
        return room(new Unsealing.Shares());
    }

    private SealRoom room(Unsealing method) {
        var store = KeyStore.sqlite(directory.resolve("state"));
        stores.add(store);
        return SealRoom.assemble(crypto, store, method, clock);
    }

    private List<String> texts(List<KeyShare> shares) {
        return shares.stream().map(share -> share.text(crypto)).toList();
    }

    private void bring(SealRoom room, String share) {
        room.keys().bring(KeyShare.parse(crypto, share));
    }

    private static Bytes seal(SealRoom room, String value) {
        return room.seal().seal(TENANT, PLACE, SecretBytes.ofUtf8(value));
    }

    private static String open(SealRoom room, Bytes sealed) {
        try (var value = room.seal().open(TENANT, PLACE, sealed)) {
            return value.revealUtf8();
        }
    }

    private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call).problem();
    }
}
