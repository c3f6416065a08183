package holdfast.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.crypto.Crypto;
import holdfast.crypto.ProviderCrypto;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The keys of the service itself, and how they are rotated.
class ServiceKeysTest {
    private static final String PURPOSE = "ledger-checkpoint";

    private final Crypto crypto = new ProviderCrypto(new SecureRandom());
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    private final ArrayList<KeyStore> stores = new ArrayList<>();

    @TempDir Path directory;

    @AfterEach
    void close() {
        stores.forEach(KeyStore::close);
    }

    private SealRoom room() {
        var store = KeyStore.sqlite(directory);
        stores.add(store);
        var method = new Unsealing.KeyFile(directory.resolve("master.key"));
        return SealRoom.assemble(crypto, store, method, clock);
    }

    @Test
    void a_rotated_key_works_at_once_and_after_a_restart_and_the_older_ones_stay() {
        var room = room();
        var first = room.seal().serviceKey(PURPOSE, 32);
        var other = room.seal().serviceKey("proof-of-work", 32);

        assertThat(room.keys().rotateService(PURPOSE, () -> {})).isEqualTo(2);
        assertThat(room.keys().rotateService(PURPOSE, () -> {})).isEqualTo(3);

        for (var now : List.of(room, room())) {
            var keys = now.seal().serviceKeys(PURPOSE, 32);
            assertThat(keys).extracting(Seal.ServiceKey::number).containsExactly(3, 2, 1);
            assertThat(keys.getLast().key().matches(first)).isTrue();
            assertThat(keys.get(0).key().matches(keys.get(1).key())).isFalse();
            assertThat(keys.get(0).key().matches(first)).isFalse();
            assertThat(now.seal().serviceKey(PURPOSE, 32).matches(keys.getFirst().key())).isTrue();
            assertThat(now.seal().serviceKey("proof-of-work", 32).matches(other)).isTrue();
            assertThat(now.keys().services(PURPOSE).getFirst().created()).contains(clock.instant());
        }
    }

    @Test
    void a_rotation_that_may_not_be_told_changes_nothing() {
        var room = room();

        assertThatThrownBy(() ->
                        room.keys()
                                .rotateService(
                                        PURPOSE,
                                        () -> {
                                            throw new IllegalStateException("disk full");
                                        }))
                .hasMessage("disk full");

        assertThat(room.keys().services(PURPOSE)).hasSize(1);
    }
}
