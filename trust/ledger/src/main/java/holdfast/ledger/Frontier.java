package holdfast.ledger;

import holdfast.kernel.Bytes;
import java.util.ArrayList;
import java.util.List;

/// The right edge of a growing tree: takes leaves one by one and knows the root, in memory of log n hashes.
final class Frontier {
    private final Tree tree;
    private final List<Bytes> edge = new ArrayList<>(); // complete subtrees, the largest first
    private long size;

    Frontier(Tree tree) {
        this.tree = tree;
    }

    void add(Bytes leaf) {
        var hash = leaf;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = tree.node(edge.removeLast(), hash);
        }
        edge.add(hash);
        size++;
    }

    long size() {
        return size;
    }

    Bytes root() {
        if (edge.isEmpty()) {
            return tree.empty();
        }
        var hash = edge.getLast();
        for (int i = edge.size() - 2; i >= 0; i--) {
            hash = tree.node(edge.get(i), hash);
        }
        return hash;
    }
}
