package holdfast.ledger;

import holdfast.crypto.Crypto;
import holdfast.crypto.SigningKey;
import holdfast.kernel.Bytes;
import holdfast.kernel.FieldError;
import holdfast.kernel.Micros;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/// The only [Proofs]: heads signed with a key of the service itself.
final class SignedProofs implements Proofs {
    private static final String PURPOSE = "ledger-checkpoint";
    private static final int SEED = 32; // bytes

    private final Database database;
    private final EventStore events;
    private final Crypto crypto;
    private final Seal seal;
    private final InstantSource clock;
    private final Tree tree;
    private final TileStore tiles;
    private final CheckpointStore checkpoints = new CheckpointStore();
    private final Notes notes;

    SignedProofs(
            Database database, EventStore events, Crypto crypto, Seal seal, InstantSource clock) {
        this.database = database;
        this.events = events;
        this.crypto = crypto;
        this.seal = seal;
        this.clock = clock;
        this.tree = new Tree(crypto);
        this.tiles = new TileStore(database, tree);
        this.notes = new Notes(crypto);
    }

    @Override
    public Checkpoint checkpoint() {
        var key = key();
        var name = notes.name(key);
        long size = database.readPlatform(tx -> events.head(tx).size());
        tiles.fill(size);
        var before = database.readPlatform(checkpoints::newest);
        if (before.isPresent()) {
            requireExtends(before.get(), notes.verifierKey(name, key), size);
        }
        var signed = notes.sign(name, key, size, tree.root(size, tiles.subtrees()));
        if (before.isEmpty() || before.get().size() < size) {
            long now = Micros.of(clock.instant());
            database.writePlatform(tx -> {
                checkpoints.add(tx, signed, now);
                return true;
            });
        }
        return signed;
    }

    @Override
    public Verdict verify() {
        return verification().run();
    }

    @Override
    public Verdict verify(String note) {
        return verification().run(note);
    }

    @Override
    public Inclusion inclusion(TenantId tenant, long sequence) {
        var event =
                database.read(tenant, tx -> events.stored(tx, tenant, sequence))
                        .orElseThrow(() -> Problem.NOT_FOUND.because("no event " + sequence));
        var head = checkpoint();
        var path = tree.inclusion(event.index(), head.size(), tiles.subtrees());
        boolean whole = event.salt().isPresent();
        return new Inclusion(
                event.index(),
                event.leafHash(),
                event.salt().orElse(Bytes.owning(new byte[0])),
                whole ? event.record() : "",
                path,
                head);
    }

    @Override
    public Consistency consistency(long from, long to) {
        long size = database.readPlatform(tx -> events.head(tx).size());
        if (from < 1 || to < from || to > size) {
            throw Refusal.of(
                    List.of(
                            FieldError.of(
                                    "?from",
                                    "out-of-range",
                                    "sizes must be 1 to %d, the first not above the second"
                                            .formatted(size))));
        }
        tiles.fill(size);
        var subtrees = tiles.subtrees();
        return new Consistency(
                tree.root(from, subtrees),
                tree.root(to, subtrees),
                tree.consistency(from, to, subtrees));
    }

    @Override
    public void export(OutputStream out) {
        export(_ -> true, out);
    }

    @Override
    public void export(TenantId tenant, OutputStream out) {
        export(tenant::equals, out);
    }

    @Override
    public String verifierKey() {
        var key = key();
        return notes.verifierKey(notes.name(key), key);
    }

    private void export(Predicate<TenantId> shown, OutputStream out) {
        var head = checkpoint();
        new BundleWriter(database, events, checkpoints, shown).write(verifierKey(), head, out);
    }

    private Verification verification() {
        var checker = new Checker(new Leaf(crypto), notes, tree, verifierKey());
        return new Verification(
                database, events, checkpoints, tiles, notes, checker, verifierKey());
    }

    /// Never signs over a change: what was signed before must still be the beginning.
    private void requireExtends(CheckpointStore.Signed stored, String verifierKey, long size) {
        var before = notes.open(verifierKey, stored.note());
        boolean extended =
                before.isPresent()
                        && before.get().size() == stored.size()
                        && stored.size() <= size
                        && tree.root(stored.size(), tiles.subtrees()).equals(before.get().root());
        if (!extended) {
            throw Problem.CONFLICT.because(
                    "the ledger does not extend its signed head of %d events: verify it"
                            .formatted(stored.size()));
        }
    }

    private SigningKey key() {
        try (var seed = seal.serviceKey(PURPOSE, SEED)) {
            return crypto.signingKey(seed);
        }
    }
}
