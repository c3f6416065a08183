package holdfast.keys;

import holdfast.access.AccessRoom;
import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.PathPattern;
import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.access.Role;
import holdfast.crypto.Crypto;
import holdfast.crypto.ProviderCrypto;
import holdfast.kernel.Bytes;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.Standing;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.ledger.LedgerRoom;
import holdfast.seal.KeyStore;
import holdfast.seal.Seal;
import holdfast.seal.SealRoom;
import holdfast.seal.Unsealing;
import holdfast.storage.Database;
import holdfast.tenancy.TenancyRoom;
import holdfast.tenancy.Tenants;
import holdfast.testkit.Await;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// A whole room over a real database, real sealing and a real ledger; ada may do everything.
final class Site implements AutoCloseable {
    final TestClock clock = new TestClock();
    final Ids ids = new Ids(clock, new SecureRandom());
    static final Bytes NO_CONTEXT = Bytes.owning(new byte[0]);

    final Crypto crypto = new ProviderCrypto(new SecureRandom());
    final Database database;
    final KeyStore keys;
    final Seal seal;
    final LedgerRoom ledger;
    final AccessRoom access;
    final Policy policy;
    final KeysRoom room;
    final Tenants tenants;
    final Principal ada = person("ada");

    Site(TestDatabase engine) {
        this(engine, UnaryOperator.identity());
    }

    /// @param around sees every statement that is sent
    Site(TestDatabase engine, UnaryOperator<Database> around) {
        this.database =
                around.apply(
                        engine.open(
                                LedgerRoom.schema(),
                                TenancyRoom.SCHEMA,
                                AccessRoom.SCHEMA,
                                KeysRoom.SCHEMA));
        var folder = temporary();
        this.keys = KeyStore.sqlite(folder);
        this.seal =
                SealRoom.assemble(
                                crypto,
                                keys,
                                new Unsealing.KeyFile(folder.resolve("master.key")),
                                clock)
                        .seal();
        this.ledger = LedgerRoom.assemble(database, crypto, ids, clock);
        var tenancy = TenancyRoom.assemble(database, ledger.ledger(), clock);
        var tenants = tenancy.tenants();
        this.access = AccessRoom.assemble(database, ledger.ledger(), tenancy, clock);
        this.policy = access.policy();
        roles(ada, Role.ADMIN);
        this.tenants = tenants;
        this.room =
                KeysRoom.assemble(
                        new KeysRoom.Below(
                                database, crypto, seal, ledger.ledger(), policy, clock, ids));
    }

    Principal person(String name) {
        return new Principal(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                Principal.Kind.USER,
                name,
                TenantId.DEFAULT,
                Origin.INTERNAL,
                Standing.ofSession(clock.instant()));
    }

    /// {@return somebody with one role}
    Principal person(String name, Role role) {
        var person = person(name);
        roles(person, role);
        return person;
    }

    private void roles(Principal person, Role role) {
        database.write(
                TenantId.DEFAULT,
                tx -> {
                    access.roles().assign(tx, ada, person.id(), Set.of(role));
                    return true;
                });
        access.roles().refresh(TenantId.DEFAULT);
    }

    UUID grant(Principal person, Grant.Effect effect, String pattern, Set<Action> actions) {
        var grant =
                new Grant(
                        ids.next(),
                        new Grant.Subject.One(person.id()),
                        effect,
                        actions,
                        new PathPattern(pattern),
                        clock.instant(),
                        ada.id(),
                        Optional.empty());
        database.write(
                TenantId.DEFAULT,
                tx -> {
                    access.grants().add(tx, TenantId.DEFAULT, grant);
                    return true;
                });
        access.roles().refresh(TenantId.DEFAULT);
        return grant.id();
    }

    KeysRoom anotherNode() {
        return KeysRoom.assemble(
                new KeysRoom.Below(database, crypto, seal, ledger.ledger(), policy, clock, ids));
    }

    void revoke(UUID grant) {
        database.write(
                TenantId.DEFAULT,
                tx -> {
                    access.grants().remove(tx, TenantId.DEFAULT, grant);
                    return true;
                });
        access.roles().refresh(TenantId.DEFAULT);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("holdfast-keys").resolve("keys");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KeyName create(String name, KeyType type) {
        var key = new KeyName(name);
        room.keys().create(permit(ada, Action.WRITE_KEY, key), new Keys.Draft(key, type, true));
        return key;
    }

    Permit permit(Principal who, Action action, KeyName name) {
        return policy.permit(who, action, name.resource());
    }

    Item<Operations.Made> encrypt(KeyName name, String plaintext) {
        return encrypt(name, plaintext, Optional.empty());
    }

    Item<Operations.Made> encrypt(KeyName name, String plaintext, Optional<Integer> version) {
        var plain = new Operations.Plain(SecretBytes.ofUtf8(plaintext), NO_CONTEXT, version);
        return room.operations()
                .encrypt(
                        permit(ada, Action.ENCRYPT_WITH_KEY, name),
                        name,
                        List.of(new Item.Good<>(plain)))
                .getFirst();
    }

    String decrypt(KeyName name, VersionedText ciphertext) {
        return decrypt(ada, name, ciphertext, NO_CONTEXT);
    }

    String decrypt(Principal who, KeyName name, VersionedText ciphertext, Bytes context) {
        var opened =
                room.operations()
                        .decrypt(
                                permit(who, Action.DECRYPT_WITH_KEY, name),
                                name,
                                List.of(
                                        new Item.Good<>(
                                                new Operations.Wrapped(ciphertext, context))))
                        .getFirst()
                        .orThrow();
        try (var plaintext = opened.plaintext()) {
            return plaintext.revealUtf8();
        }
    }

    static VersionedText text(Item<Operations.Made> made) {
        return made.orThrow().text();
    }

    List<Entry> events() {
        return ledger.ledger().after(TenantId.DEFAULT, 0, 1_000);
    }

    /// {@return the events of one kind, once there is one}
    List<Entry> events(String action) {
        return events(action, 1);
    }

    /// {@return the events of one kind, once there are so many: on PostgreSQL they are put in order a moment later}
    List<Entry> events(String action, int least) {
        return Await.value(
                least + " events " + action,
                () ->
                        Optional.of(
                                        events().stream()
                                                .filter(entry -> entry.action().equals(action))
                                                .toList())
                                .filter(found -> found.size() >= least));
    }

    @Override
    public void close() {
        ledger.close();
        keys.close();
        database.close();
    }
}
