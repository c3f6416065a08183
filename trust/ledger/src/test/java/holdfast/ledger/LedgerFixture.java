package holdfast.ledger;

import holdfast.crypto.Crypto;
import holdfast.crypto.ProviderCrypto;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.seal.KeyStore;
import holdfast.seal.Seal;
import holdfast.seal.SealRoom;
import holdfast.seal.Unsealing;
import holdfast.storage.Database;
import holdfast.testkit.Await;
import holdfast.testkit.Statements;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// A ledger on a database of its own, and people in two tenants.
final class LedgerFixture implements AutoCloseable {
    static final TenantId TENANT = new TenantId(new UUID(0x7000L, 10));
    static final TenantId OTHER = new TenantId(new UUID(0x7000L, 11));
    static final Principal ADA = person("ada", 1, TENANT);
    static final Principal BOB = person("bob", 2, TENANT);
    static final Principal EVE = person("eve", 3, OTHER);

    final TestClock clock = new TestClock();
    final Crypto crypto = new ProviderCrypto(new SecureRandom());
    final Database database;
    final LedgerRoom room;
    final Ledger ledger;
    final Seal seal;
    final Proofs proofs;
    private final Path keys = makeDirectory();
    private final KeyStore keyStore = KeyStore.sqlite(keys);
    private final List<KeyStore> others = new ArrayList<>();

    LedgerFixture(TestDatabase engine) {
        this(engine, Duration.ofSeconds(1));
    }

    /// @param look how often is looked for events that nobody told of
    LedgerFixture(TestDatabase engine, Duration look) {
        this(engine, look, UnaryOperator.identity());
    }

    /// @param statements takes down what is sent to the database
    LedgerFixture(TestDatabase engine, Statements statements) {
        this(engine, Duration.ofSeconds(1), statements::around);
    }

    private LedgerFixture(TestDatabase engine, Duration look, UnaryOperator<Database> around) {
        database = around.apply(engine.open(LedgerRoom.schema()));
        var ids = new Ids(clock, new SecureRandom());
        room = LedgerRoom.assemble(database, crypto, ids, clock, () -> true, look);
        ledger = room.ledger();
        seal = seal(keyStore, "master.key");
        proofs = room.proofs(seal);
    }

    /// Waits until everything that is durable is in order.
    void settle() {
        Await.until(
                "every event has its place",
                () ->
                        database.readPlatform(tx ->
                                tx.createQuery("SELECT count(*) FROM ledger_pending")
                                                .mapTo(Long.class)
                                                .one()
                                        == 0));
    }

    void record(Principal actor, Event... events) {
        for (var event : events) {
            ledger.record(actor, event);
        }
        settle();
    }

    static Search everything(int limit) {
        return new Search(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    @Override
    public void close() {
        room.close();
        database.close();
        keyStore.close();
        others.forEach(KeyStore::close);
    }

    /// Gives the service another key to sign heads with.
    void rotate() {
        SealRoom.assemble(
                        crypto, keyStore, new Unsealing.KeyFile(keys.resolve("master.key")), clock)
                .keys()
                .rotateService("ledger-checkpoint", () -> {});
        clock.advance(Duration.ofSeconds(10)); // another instance of the seal notices by then
    }

    /// {@return proofs over the same rows by a service with other keys}
    Proofs proofsOfAnotherKey() {
        var store = KeyStore.sqlite(makeDirectory());
        others.add(store);
        return room.proofs(seal(store, "other.key"));
    }

    private Seal seal(KeyStore store, String file) {
        return SealRoom.assemble(crypto, store, new Unsealing.KeyFile(keys.resolve(file)), clock)
                .seal();
    }

    private static Path makeDirectory() {
        try {
            return Files.createTempDirectory("ledger-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Principal person(String name, long id, TenantId tenant) {
        return new Principal(
                new UUID(0x7000L, id),
                Principal.Kind.USER,
                name,
                tenant,
                new Origin("192.0.2.7", new UUID(9, id)));
    }
}
