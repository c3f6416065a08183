package holdfast.ledger;

import holdfast.kernel.Bytes;
import holdfast.merkle.Tree;
import holdfast.storage.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The inner hashes of the tree: of every 8th level, those of complete subtrees, derived after the fact.
///
/// Appending never waits for the tree. What is stored here is checked against the leaves by every verification.
final class TileStore {
    static final int STEP = 8; // levels
    static final int WIDTH = 1 << STEP; // children of one tile

    private static final int BATCH = 64; // tiles written in one transaction

    private final Database database;
    private final Tree tree;

    TileStore(Database database, Tree tree) {
        this.database = database;
        this.tree = tree;
    }

    /// Derives what is complete in a ledger of `size` events and not stored yet.
    void fill(long size) {
        long children = size;
        for (int level = 1; children >= WIDTH; level++) {
            children >>= STEP;
            for (long next = stored(level); next < children; next += BATCH) {
                derive(level, next, Math.min(children, next + BATCH));
            }
        }
    }

    /// {@return the subtrees of a ledger that was filled}
    Tree.Subtrees subtrees() {
        return (level, position) -> {
            int base = level == 0 ? 0 : (level - 1) / STEP * STEP;
            if (level > 0 && level % STEP == 0) {
                return children(level, position, 1).getFirst();
            }
            int height = level - base;
            return folded(children(base, position << height, 1 << height));
        };
    }

    Optional<Bytes> tile(Handle tx, int level, long position) {
        return tx.createQuery(
                        "SELECT hash FROM ledger_tile WHERE level = :level AND position = :position")
                .bind("level", level)
                .bind("position", position)
                .map((row, _) -> Bytes.owning(row.getBytes("hash")))
                .findOne();
    }

    private void derive(int level, long from, long to) {
        var hashes = new ArrayList<Bytes>();
        for (long position = from; position < to; position++) {
            hashes.add(folded(children((level - 1) * STEP, position << STEP, WIDTH)));
        }
        database.writePlatform(tx -> {
            var insert =
                    tx.prepareBatch(
                            """
                            INSERT INTO ledger_tile (level, position, hash)
                            VALUES (:level, :position, :hash)
                                ON CONFLICT DO NOTHING
                            """);
            for (int i = 0; i < hashes.size(); i++) {
                insert.bind("level", level)
                        .bind("position", from + i)
                        .bind("hash", hashes.get(i).toArray())
                        .add();
            }
            return insert.execute().length;
        });
    }

    private long stored(int level) {
        return database.readPlatform(tx ->
                tx.createQuery("SELECT count(*) FROM ledger_tile WHERE level = :level")
                        .bind("level", level)
                        .mapTo(Long.class)
                        .one());
    }

    /// {@return `count` neighbours of one level: leaves, or tiles of a level that is a multiple of 8}
    private List<Bytes> children(int level, long first, int count) {
        var hashes =
                database.readPlatform(tx ->
                        level == 0
                                ? leaves(tx, first, count)
                                : tiles(tx, level / STEP, first, count));
        if (hashes.size() != count) {
            throw new IllegalStateException(
                    "the ledger lacks hashes of level %d from %d".formatted(level, first));
        }
        return hashes;
    }

    private static List<Bytes> leaves(Handle tx, long first, int count) {
        return tx.createQuery(
                        """
                        SELECT leaf_hash FROM ledger_event
                         WHERE idx >= :first AND idx < :end ORDER BY idx
                        """)
                .bind("first", first)
                .bind("end", first + count)
                .map((row, _) -> Bytes.owning(row.getBytes("leaf_hash")))
                .list();
    }

    private static List<Bytes> tiles(Handle tx, int level, long first, int count) {
        return tx.createQuery(
                        """
                        SELECT hash FROM ledger_tile
                         WHERE level = :level AND position >= :first AND position < :end ORDER BY position
                        """)
                .bind("level", level)
                .bind("first", first)
                .bind("end", first + count)
                .map((row, _) -> Bytes.owning(row.getBytes("hash")))
                .list();
    }

    private Bytes folded(List<Bytes> hashes) {
        var level = hashes;
        while (level.size() > 1) {
            var above = new ArrayList<Bytes>(level.size() / 2);
            for (int i = 0; i < level.size(); i += 2) {
                above.add(tree.node(level.get(i), level.get(i + 1)));
            }
            level = above;
        }
        return level.getFirst();
    }
}
