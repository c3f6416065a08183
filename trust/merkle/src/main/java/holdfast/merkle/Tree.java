package holdfast.merkle;

import holdfast.crypto.Crypto;
import holdfast.kernel.Bytes;
import java.util.ArrayList;
import java.util.List;

/// The Merkle tree of RFC 9162 §2.1: roots, proofs, and what checks them. Keeps nothing.
public final class Tree {
    private static final byte[] NODE = {1}; // RFC 9162 §2.1.1

    private final Crypto crypto;

    public Tree(Crypto crypto) {
        this.crypto = crypto;
    }

    /// RFC 9162 §2.1.1: the root of no leaves.
    public Bytes empty() {
        return Bytes.owning(crypto.sha256());
    }

    public Bytes node(Bytes left, Bytes right) {
        return Bytes.owning(crypto.sha256(NODE, left.toArray(), right.toArray()));
    }

    /// {@return the root of the first `size` leaves}
    public Bytes root(long size, Subtrees subtrees) {
        return size == 0 ? empty() : range(0, size, subtrees);
    }

    /// {@return the path from leaf `index` to the root of `size` leaves, RFC 9162 §2.1.3.1}
    public List<Bytes> inclusion(long index, long size, Subtrees subtrees) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf %d in a tree of %d".formatted(index, size));
        }
        var path = new ArrayList<Bytes>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                path.add(range(middle, to, subtrees));
                to = middle;
            } else {
                path.add(range(from, middle, subtrees));
                from = middle;
            }
        }
        return path.reversed();
    }

    /// {@return the proof that the tree of `size` leaves begins with the tree of `first`, RFC 9162 §2.1.4.1}
    public List<Bytes> consistency(long first, long size, Subtrees subtrees) {
        if (first < 1 || first > size) {
            throw new IllegalArgumentException("no tree of %d in one of %d".formatted(first, size));
        }
        var path = new ArrayList<Bytes>();
        long from = 0;
        long to = size;
        boolean known =
                true; // whether the subtree is the whole first tree, whose root the reader has
        while (first != to) {
            long middle = from + split(to - from);
            if (first <= middle) {
                path.add(range(middle, to, subtrees));
                to = middle;
            } else {
                path.add(range(from, middle, subtrees));
                from = middle;
                known = false;
            }
        }
        if (!known) {
            path.add(range(from, to, subtrees));
        }
        return path.reversed();
    }

    /// RFC 9162 §2.1.3.2.
    public boolean includes(Bytes root, long size, long index, Bytes leaf, List<Bytes> path) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        var hash = leaf;
        for (var sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /// RFC 9162 §2.1.4.2.
    public boolean extendsTree(
            long first, Bytes firstRoot, long size, Bytes root, List<Bytes> path) {
        if (first < 1 || first > size) {
            return false;
        }
        if (first == size) {
            return path.isEmpty() && firstRoot.equals(root);
        }
        var whole = new ArrayList<Bytes>(path);
        if (Long.bitCount(first) == 1) {
            whole.addFirst(firstRoot);
        }
        if (whole.isEmpty()) {
            return false;
        }
        int shift = Long.numberOfTrailingZeros(~(first - 1));
        long node = (first - 1) >> shift;
        long last = (size - 1) >> shift;
        var older = whole.getFirst();
        var newer = whole.getFirst();
        for (var sibling : whole.subList(1, whole.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                older = node(sibling, older);
                newer = node(sibling, newer);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                newer = node(newer, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && older.equals(firstRoot) && newer.equals(root);
    }

    /// The hash over the leaves `from` to `to`, where `from` is a multiple of a power of two not below their number.
    private Bytes range(long from, long to, Subtrees subtrees) {
        long size = to - from;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return subtrees.hash(level, from >> level);
        }
        long middle = from + split(size);
        return node(range(from, middle, subtrees), range(middle, to, subtrees));
    }

    /// {@return the largest power of two below `size`, RFC 9162 §2.1.1}
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    /// Complete subtrees, wherever they are kept.
    public interface Subtrees {
        /// {@return the hash over the leaves `position` × 2^level and the 2^level - 1 after it}
        Bytes hash(int level, long position);
    }
}
