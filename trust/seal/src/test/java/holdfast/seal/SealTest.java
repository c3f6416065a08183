package holdfast.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.crypto.Crypto;
import holdfast.crypto.ProviderCrypto;
import holdfast.crypto.Tampered;
import holdfast.kernel.Bytes;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the room of keys promises.
class SealTest {
    private static final TenantId TENANT = new TenantId(new UUID(0x7000L, 10));
    private static final TenantId OTHER = new TenantId(new UUID(0x7000L, 11));
    private static final Place PLACE = new Place("secret", new UUID(1, 2), 1);
    private static final String PASSPHRASE = "sixteen letters!";

    private final Crypto crypto = new ProviderCrypto(new SecureRandom());
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    private final ArrayList<KeyStore> stores = new ArrayList<>();

    @TempDir Path directory;

    @AfterEach
    void close() {
        stores.forEach(KeyStore::close);
    }

    @Test
    void what_was_sealed_opens_after_a_restart() {
        var sealed = seal(room(), "hunter2");

        assertThat(open(room(), sealed)).isEqualTo("hunter2");
    }

    @Test
    void a_value_opens_in_its_own_place_only() {
        var seal = room().seal();
        var sealed = seal.seal(TENANT, PLACE, SecretBytes.ofUtf8("hunter2"));

        assertTampered(seal, OTHER, PLACE, sealed);
        assertTampered(seal, TENANT, new Place("secrets", PLACE.id(), 1), sealed);
        assertTampered(seal, TENANT, new Place("secret", new UUID(1, 3), 1), sealed);
        assertTampered(seal, TENANT, new Place("secret", PLACE.id(), 2), sealed);
    }

    @Test
    void many_values_are_sealed_and_opened_as_one_is() {
        var room = room();
        var seal = room.seal();
        var one = seal.seal(TENANT, PLACE, SecretBytes.ofUtf8("hunter2"));
        room.keys().rotate(TENANT);
        try (var sealing = seal.sealing(TENANT);
                var others = seal.sealing(OTHER)) {
            var other = sealing.seal(PLACE, SecretBytes.ofUtf8("correct horse"));

            try (var first = sealing.open(PLACE, one);
                    var second = sealing.open(PLACE, other)) {
                assertThat(first.revealUtf8()).isEqualTo("hunter2");
                assertThat(second.revealUtf8()).isEqualTo("correct horse");
            }
            assertThat(open(room, other)).isEqualTo("correct horse");
            assertThatThrownBy(() -> others.open(PLACE, other)).isInstanceOf(Tampered.class);
        }
    }

    @Test
    void a_closed_sealing_has_no_keys() {
        var seal = room().seal();
        var sealing = seal.sealing(TENANT);
        var sealed = sealing.seal(PLACE, SecretBytes.ofUtf8("hunter2"));
        sealing.close();

        assertThatThrownBy(() -> sealing.open(PLACE, sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void every_flipped_byte_of_a_stored_value_is_noticed() {
        var seal = room().seal();
        var sealed = seal.seal(TENANT, PLACE, SecretBytes.ofUtf8("hunter2"));

        for (int i = 0; i < sealed.length(); i++) {
            var changed = sealed.toArray();
            changed[i] ^= (byte) 0x80;
            assertTampered(seal, TENANT, PLACE, Bytes.owning(changed));
        }
    }

    @Test
    void the_same_value_never_seals_to_the_same_bytes() {
        var room = room();

        assertThat(seal(room, "hunter2")).isNotEqualTo(seal(room, "hunter2"));
    }

    @Test
    void fingerprints_are_equal_for_equal_values_of_one_tenant_and_purpose() {
        var room = room();
        var first = fingerprint(room, TENANT, "a");
        room.keys().rotate(TENANT);

        assertThat(fingerprint(room(), TENANT, "a")).isEqualTo(first);
        assertThat(fingerprint(room, TENANT, "b")).isNotEqualTo(first);
        assertThat(fingerprint(room, OTHER, "a")).isNotEqualTo(first);
    }

    @Test
    void service_keys_stay_the_same_and_differ_by_purpose() {
        var first = room().seal().serviceKey("session-cookie", 32);

        assertThat(room().seal().serviceKey("session-cookie", 32).matches(first)).isTrue();
        assertThat(room().seal().serviceKey("ledger", 32).matches(first)).isFalse();
    }

    @Test
    void key_file_and_key_store_belong_to_the_owner_alone() throws IOException {
        room();

        for (var name : new String[] {"master.key", "keys.db"}) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(directory.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.size(directory.resolve("master.key"))).isEqualTo(65);
    }

    @Test
    void a_key_file_that_others_may_read_is_refused_with_the_command_that_mends_it()
            throws IOException {
        room();
        var file = directory.resolve("master.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(refusal(this::room))
                .hasMessage(file + " is open to others (rw-r-----): run `chmod 600 " + file + "`");
    }

    @Test
    void a_state_directory_that_others_may_enter_is_refused() throws IOException {
        room();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(refusal(this::room)).hasMessageContaining("run `chmod 700 " + directory + "`");
    }

    @Test
    void a_link_in_place_of_the_key_file_is_refused() throws IOException {
        room();
        var file = directory.resolve("master.key");
        var elsewhere = directory.resolve("elsewhere");
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, elsewhere);

        assertThat(refusal(this::room)).hasMessageContaining("not a link");
    }

    @Test
    void a_missing_key_file_is_never_replaced_by_a_new_one() throws IOException {
        room();
        Files.delete(directory.resolve("master.key"));

        assertThat(refusal(this::room)).hasMessageContaining("is missing");
        assertThat(directory.resolve("master.key")).doesNotExist();
    }

    @Test
    void a_damaged_or_foreign_key_file_does_not_open() throws IOException {
        room();
        var file = directory.resolve("master.key");
        Files.writeString(file, "00".repeat(31) + "\n");
        assertThat(refusal(this::room)).hasMessageContaining("64 hexadecimal digits");

        Files.writeString(file, "00".repeat(32) + "\n");
        assertThat(refusal(this::room)).hasMessageContaining("do not belong together");
    }

    @Test
    void a_passphrase_opens_and_another_does_not() {
        var sealed = seal(room(PASSPHRASE), "hunter2");

        assertThat(open(room(PASSPHRASE), sealed)).isEqualTo("hunter2");
        assertThat(refusal(() -> room("sixteen letters?")))
                .hasMessage("the passphrase does not open the root key");
        assertThat(directory.resolve("master.key")).doesNotExist();
    }

    @Test
    void a_passphrase_of_fifteen_characters_is_refused() {
        var refusal = catchThrowableOfType(Refusal.class, () -> room("fünfzehn Zeiche"));

        assertThat(refusal.problem()).isEqualTo(Problem.INVALID);
        assertThat(refusal).hasMessageContaining("16 characters");
    }

    @Test
    void the_root_key_moves_to_a_passphrase_and_back_while_values_stay() {
        var room = room();
        var sealed = seal(room, "hunter2");

        room.keys().move(passphrase(PASSPHRASE), () -> {});

        assertThat(directory.resolve("master.key")).doesNotExist();
        assertThat(room.seal().status().method()).isEqualTo("passphrase");
        assertThat(open(room, sealed)).isEqualTo("hunter2");
        assertThat(open(room(PASSPHRASE), sealed)).isEqualTo("hunter2");

        room.keys().move(keyFile(), () -> {});

        assertThat(room.seal().status().method()).isEqualTo("key-file");
        assertThat(open(room(), sealed)).isEqualTo("hunter2");
    }

    @Test
    void a_move_that_may_not_be_told_leaves_everything_as_it_was() {
        var room = room(PASSPHRASE);
        var sealed = seal(room, "hunter2");

        var refused =
                catchThrowableOfType(
                        IllegalStateException.class,
                        () ->
                                room.keys()
                                        .move(
                                                keyFile(),
                                                () -> {
                                                    throw new IllegalStateException("no event");
                                                }));

        assertThat(refused).hasMessage("no event");
        assertThat(directory.resolve("master.key")).doesNotExist();
        assertThat(room.seal().status().method()).isEqualTo("passphrase");
        assertThat(open(room(PASSPHRASE), sealed)).isEqualTo("hunter2");
        room.keys().move(keyFile(), () -> {});
    }

    @Test
    void a_service_that_starts_without_its_passphrase_is_sealed_until_it_gets_it() {
        var sealed = seal(room(PASSPHRASE), "hunter2");
        var room = room();

        assertThat(room.seal().status().open()).isFalse();
        assertThat(refusal(() -> open(room, sealed))).hasMessageContaining("sealed");

        room.keys().unseal(passphrase(PASSPHRASE));

        assertThat(room.seal().status().open()).isTrue();
        assertThat(open(room, sealed)).isEqualTo("hunter2");
    }

    @Test
    void a_new_epoch_keeps_older_values_and_rewraps_them_without_touching_the_value() {
        var room = room();
        var sealed = seal(room, "hunter2");

        assertThat(room.keys().rotate(TENANT)).isEqualTo(2);
        assertThat(open(room, sealed)).isEqualTo("hunter2");

        var rewrapped = room.keys().rewrap(TENANT, PLACE, sealed);

        assertThat(Envelope.epoch(rewrapped)).isEqualTo(2);
        assertThat(rewrapped.slice(66, rewrapped.length()))
                .isEqualTo(sealed.slice(66, sealed.length()));
        assertThat(open(room, rewrapped)).isEqualTo("hunter2");
        assertThat(room.keys().rewrap(TENANT, PLACE, rewrapped)).isSameAs(rewrapped);
    }

    @Test
    void a_destroyed_tenant_never_opens_or_seals_again_and_others_do() {
        var room = room();
        var sealed = seal(room, "hunter2");
        var others = room.seal().seal(OTHER, PLACE, SecretBytes.ofUtf8("theirs"));

        assertThat(room.keys().destroy(TENANT)).isEqualTo(1);

        assertThat(refusal(() -> open(room, sealed))).hasMessageContaining("destroyed");
        assertThat(refusal(() -> open(room(), sealed))).hasMessageContaining("destroyed");
        assertThat(refusal(() -> seal(room, "again"))).hasMessageContaining("destroyed");
        assertThat(refusal(() -> room.keys().rotate(TENANT))).hasMessageContaining("destroyed");
        assertThat(room.seal().open(OTHER, PLACE, others).revealUtf8()).isEqualTo("theirs");
    }

    @Test
    void neither_keys_nor_values_stand_in_the_key_store_in_the_clear() throws IOException {
        var room = room();
        seal(room, "marked-secret-value");
        var key = Files.readString(directory.resolve("master.key")).strip();

        var stored = Files.readAllBytes(directory.resolve("keys.db"));

        var text = new String(stored, StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain("marked-secret-value", key);
    }

    @Test
    void nodes_that_start_at_once_agree_on_every_key() throws Exception {
        int nodes = 8;
        var barrier = new CyclicBarrier(nodes);
        var sealed = new ArrayList<Bytes>();
        try (var threads = Executors.newFixedThreadPool(nodes)) {
            Callable<Bytes> node =
                    () -> {
                        barrier.await();
                        return seal(room(), "hunter2");
                    };
            var tasks = new ArrayList<java.util.concurrent.Future<Bytes>>();
            for (int i = 0; i < nodes; i++) {
                tasks.add(threads.submit(node));
            }
            for (var task : tasks) {
                sealed.add(task.get());
            }
        }

        var room = room();
        for (var value : sealed) {
            assertThat(Envelope.epoch(value)).isEqualTo(1);
            assertThat(open(room, value)).isEqualTo("hunter2");
        }
    }

    private SealRoom room() {
        return room(keyFile());
    }

    private SealRoom room(String passphrase) {
        return room(passphrase(passphrase));
    }

    private SealRoom room(Unsealing unsealing) {
        var store = KeyStore.sqlite(directory);
        synchronized (stores) {
            stores.add(store);
        }
        return SealRoom.assemble(crypto, store, unsealing, clock);
    }

    private Unsealing keyFile() {
        return new Unsealing.KeyFile(directory.resolve("master.key"));
    }

    private static Unsealing passphrase(String text) {
        return new Unsealing.Passphrase(SecretBytes.ofUtf8(text));
    }

    private static Bytes seal(SealRoom room, String value) {
        return room.seal().seal(TENANT, PLACE, SecretBytes.ofUtf8(value));
    }

    private static String open(SealRoom room, Bytes sealed) {
        return room.seal().open(TENANT, PLACE, sealed).revealUtf8();
    }

    private static Bytes fingerprint(SealRoom room, TenantId tenant, String value) {
        return room.seal().fingerprint(tenant, "test.value", SecretBytes.ofUtf8(value));
    }

    private static void assertTampered(Seal seal, TenantId tenant, Place place, Bytes sealed) {
        assertThatThrownBy(() -> seal.open(tenant, place, sealed)).isInstanceOf(Tampered.class);
    }

    private static Refusal refusal(Callable<?> action) {
        var refusal = catchThrowableOfType(Refusal.class, action::call);
        assertThat(refusal.problem()).isEqualTo(Problem.SEALED);
        return refusal;
    }
}
