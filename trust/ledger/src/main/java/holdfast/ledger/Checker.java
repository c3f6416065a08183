package holdfast.ledger;

import holdfast.kernel.Bytes;
import holdfast.kernel.TenantId;
import holdfast.merkle.Frontier;
import holdfast.merkle.Notes;
import holdfast.merkle.Tree;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Walks a ledger from its first event and says where it stops being what was signed.
///
/// The same walk for rows of the database and lines of a bundle. For one thread.
final class Checker {
    private final Leaf leaf;
    private final Notes notes;
    private final Frontier frontier;
    private final String key;
    private final Map<TenantId, Long> sequences = new HashMap<>();
    private long time;
    private long proven; // events under the last head that was right
    private long unseen; // leaves without an event to check that no later number accounts for
    private long gone; // events past their retention
    private String newest = "";

    /// @param key of the heads, `name+hash+key`
    Checker(Leaf leaf, Notes notes, Tree tree, String key) {
        this.leaf = leaf;
        this.notes = notes;
        this.frontier = new Frontier(tree);
        this.key = key;
    }

    long size() {
        return frontier.size();
    }

    Verdict.Sound sound() {
        return new Verdict.Sound(size(), gone, newest, key);
    }

    /// Takes the next leaf, whose event the bundle does not show.
    Optional<Verdict.Broken> hidden(long index, Bytes leafHash) {
        unseen++;
        return leaf(index, leafHash);
    }

    /// Takes the next leaf, whose event's retention has ended.
    Optional<Verdict.Broken> gone(long index, Bytes leafHash) {
        gone++;
        return hidden(index, leafHash);
    }

    private Optional<Verdict.Broken> leaf(long index, Bytes leafHash) {
        if (index != size()) {
            return broken(
                    size(),
                    index < size()
                            ? "an event comes twice or out of order"
                            : "an event is missing");
        }
        frontier.add(leafHash);
        return Optional.empty();
    }

    /// Takes the next event.
    Optional<Verdict.Broken> event(long index, Bytes leafHash, Bytes salt, String record) {
        if (index == size() && !hash(salt, record).equals(leafHash)) {
            return broken(index, "the event is not the one that was hashed");
        }
        return leaf(index, leafHash);
    }

    /// Takes what the record says of its place: tenants count without gaps, and time never runs back.
    Optional<Verdict.Broken> order(TenantId tenant, long sequence, long at) {
        long index = size() - 1;
        long expected = sequences.getOrDefault(tenant, 0L) + 1;
        if (sequence < expected || sequence - expected > unseen) {
            return broken(
                    index,
                    "the tenant's numbers have a gap: %d instead of %d"
                            .formatted(sequence, expected));
        }
        if (at < time) {
            return broken(index, "time runs back");
        }
        unseen -= sequence - expected; // these are among the leaves that were not shown
        sequences.put(tenant, sequence);
        time = at;
        return Optional.empty();
    }

    /// Takes a head that was signed when the ledger had as many events as were walked now.
    Optional<Verdict.Broken> head(long size, String note) {
        var opened = notes.open(key, note);
        if (opened.isEmpty()) {
            return broken(
                    proven, "a signed head of %d events is not signed by %s".formatted(size, key));
        }
        var head = opened.get();
        if (head.size() != size || size != size()) {
            return broken(proven, "a signed head is not of %d events".formatted(size()));
        }
        if (!head.root().equals(frontier.root())) {
            return broken(
                    proven,
                    "events %d to %d are not those that were signed".formatted(proven, size - 1));
        }
        proven = size;
        newest = note;
        return Optional.empty();
    }

    /// {@return the hash of the complete subtree of 2^level leaves that ends here}
    Bytes subtree(int level) {
        return frontier.subtree(level);
    }

    static Optional<Verdict.Broken> broken(long index, String reason) {
        return Optional.of(new Verdict.Broken(index, reason));
    }

    private Bytes hash(Bytes salt, String record) {
        return Bytes.owning(leaf.hash(salt.toArray(), record));
    }
}
