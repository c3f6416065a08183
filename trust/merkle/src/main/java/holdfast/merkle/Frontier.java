package holdfast.merkle;

import holdfast.kernel.Bytes;
import java.util.ArrayList;
import java.util.List;

/// The right edge of a growing tree: takes leaves one by one and knows the root, in memory of log n hashes.
public final class Frontier {
    private final Tree tree;
    private final List<Bytes> edge = new ArrayList<>(); // complete subtrees, the largest first
    private final List<Bytes> newest =
            new ArrayList<>(); // subtrees the newest leaf completed, by level
    private long size;

    public Frontier(Tree tree) {
        this.tree = tree;
    }

    public void add(Bytes leaf) {
        var hash = leaf;
        newest.clear();
        newest.add(hash);
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = tree.node(edge.removeLast(), hash);
            newest.add(hash);
        }
        edge.add(hash);
        size++;
    }

    public long size() {
        return size;
    }

    /// {@return the hash of the complete subtree of 2^level leaves that ends with the newest; size is a multiple of 2^level}
    public Bytes subtree(int level) {
        if (size == 0 || size % (1L << level) != 0) {
            throw new IllegalStateException("no subtree of level %d ends here".formatted(level));
        }
        return newest.get(level);
    }

    public Bytes root() {
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
