package holdfast.ledger;

import holdfast.kernel.TenantId;
import holdfast.merkle.Notes;
import holdfast.storage.Database;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// One check of the ledger in the database, in windows: no transaction stays open for long.
final class Verification {
    private static final int WINDOW = 1_000; // events

    private final Database database;
    private final EventStore events;
    private final CheckpointStore checkpoints;
    private final TileStore tiles;
    private final Notes notes;
    private final Checker checker;
    private final String key;
    private final Deque<CheckpointStore.Signed> heads = new ArrayDeque<>();
    private final Set<TenantId> whole = new HashSet<>(); // whose retention ended before this event
    private boolean noMoreHeads;
    private long nextHead;

    Verification(
            Database database,
            EventStore events,
            CheckpointStore checkpoints,
            TileStore tiles,
            Notes notes,
            Checker checker,
            String key) {
        this.database = database;
        this.events = events;
        this.checkpoints = checkpoints;
        this.tiles = tiles;
        this.notes = notes;
        this.checker = checker;
        this.key = key;
    }

    Verdict run() {
        return walk().<Verdict>map(broken -> broken).orElseGet(checker::sound);
    }

    Verdict run(String note) {
        var kept = notes.open(key, note);
        if (kept.isEmpty()) {
            return new Verdict.Broken(0, "the note is not signed by " + key);
        }
        heads.add(new CheckpointStore.Signed(kept.get().size(), note));
        return run();
    }

    private Optional<Verdict.Broken> walk() {
        var broken = headsHere();
        while (broken.isEmpty()) {
            long from = checker.size();
            var window = database.readPlatform(tx -> events.from(tx, from, WINDOW));
            if (window.isEmpty()) {
                return leftOver();
            }
            for (var event : window) {
                broken = next(event).or(this::headsHere).or(this::tilesHere);
                if (broken.isPresent()) {
                    return broken;
                }
            }
        }
        return broken;
    }

    private Optional<Verdict.Broken> next(StoredEvent event) {
        var tenant = event.draft().tenant();
        if (event.salt().isEmpty() && whole.contains(tenant)) {
            return Checker.broken(
                    event.index(), "the details are gone before those of an older event");
        }
        if (event.salt().isPresent()) {
            whole.add(tenant);
        }
        var broken =
                event.salt().isPresent()
                        ? checker.event(
                                event.index(), event.leafHash(), event.salt().get(), event.record())
                        : checker.gone(event.index(), event.leafHash());
        return broken.or(() -> checker.order(tenant, event.sequence(), event.time()));
    }

    /// Checks the heads that were signed at this size.
    private Optional<Verdict.Broken> headsHere() {
        while (true) {
            var head = nextHead();
            if (head.isEmpty() || head.get().size() > checker.size()) {
                return Optional.empty();
            }
            var broken = checker.head(head.get().size(), head.get().note());
            if (broken.isPresent()) {
                return broken;
            }
            heads.remove(head.get());
        }
    }

    private Optional<CheckpointStore.Signed> nextHead() {
        if (!noMoreHeads && nextHead <= checker.size()) {
            long from = nextHead;
            var more = database.readPlatform(tx -> checkpoints.from(tx, from, WINDOW));
            heads.addAll(more);
            noMoreHeads = more.size() < WINDOW;
            nextHead = more.isEmpty() ? nextHead : more.getLast().size() + 1;
        }
        return heads.stream().min(java.util.Comparator.comparingLong(CheckpointStore.Signed::size));
    }

    /// Checks stored inner hashes where a subtree has just become complete.
    private Optional<Verdict.Broken> tilesHere() {
        long size = checker.size();
        for (int level = 1; size % (1L << (TileStore.STEP * level)) == 0; level++) {
            int height = TileStore.STEP * level;
            long position = (size >> height) - 1;
            int step = level;
            var stored = database.readPlatform(tx -> tiles.tile(tx, step, position));
            if (stored.isPresent() && !stored.get().equals(checker.subtree(height))) {
                return Checker.broken(
                        position << height, "a stored hash is not that of the events below it");
            }
        }
        return Optional.empty();
    }

    private Optional<Verdict.Broken> leftOver() {
        return nextHead()
                .flatMap(head ->
                        Checker.broken(
                                checker.size(),
                                "events are missing: %d were signed".formatted(head.size())));
    }
}
