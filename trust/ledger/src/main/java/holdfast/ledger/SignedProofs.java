package holdfast.ledger;

import holdfast.crypto.Crypto;
import holdfast.crypto.SigningKey;
import holdfast.kernel.Bytes;
import holdfast.kernel.FieldError;
import holdfast.kernel.Micros;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.merkle.Checkpoint;
import holdfast.merkle.Notes;
import holdfast.merkle.Tree;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The only [Proofs]: heads signed with a key of the service itself.
final class SignedProofs implements Proofs {
    private static final String PURPOSE = "ledger-checkpoint";
    private static final int SEED = 32; // bytes

    /// The newest and the one before: who knows only the latter goes on checking until the next rotation.
    private static final int SIGNERS = 2;

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
        var keys = keys();
        long size = database.readPlatform(tx -> events.head(tx).size());
        tiles.fill(size);
        var before = database.readPlatform(checkpoints::newest);
        if (before.isPresent()) {
            requireExtends(before.get(), verifierKey(keys), size);
        }
        var root = tree.root(size, tiles.subtrees());
        var signed = notes.sign(notes.name(keys.getLast()), signers(keys), size, root);
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
    public String sign(String statement) {
        var keys = keys();
        return notes.sign(notes.name(keys.getLast()), signers(keys), statement);
    }

    @Override
    public boolean isSigned(String note) {
        return notes.signer(verifierKey(), note).isPresent();
    }

    private static List<SigningKey> signers(List<SigningKey> keys) {
        return keys.subList(0, Math.min(keys.size(), SIGNERS));
    }

    @Override
    public String verifierKey() {
        return verifierKey(keys());
    }

    /// The ledger keeps the name of its first key.
    private String verifierKey(List<SigningKey> keys) {
        var name = notes.name(keys.getLast());
        return keys.stream()
                .map(key -> notes.verifierKey(name, key))
                .collect(Collectors.joining(" "));
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

    /// {@return the newest first}
    private List<SigningKey> keys() {
        var keys = new ArrayList<SigningKey>();
        for (var service : seal.serviceKeys(PURPOSE, SEED)) {
            try (service) {
                keys.add(crypto.signingKey(service.key()));
            }
        }
        return keys;
    }
}
