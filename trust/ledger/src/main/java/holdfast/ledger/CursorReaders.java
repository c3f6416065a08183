package holdfast.ledger;

import holdfast.storage.Database;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// The only [Readers]: positions in `ledger_cursor`, a [Follower] for each reader.
final class CursorReaders implements Readers {
    private static final int WINDOW = 200; // events

    private final Database database;
    private final EventStore events;
    private final CursorStore cursors;
    private final Hints hints;

    CursorReaders(Database database, EventStore events, CursorStore cursors, Hints hints) {
        this.database = database;
        this.events = events;
        this.cursors = cursors;
        this.hints = hints;
    }

    @Override
    public AutoCloseable follow(String name, Consumer<List<Read>> reader) {
        return new Follower(name, () -> step(name, reader), Duration.ZERO, hints).start();
    }

    @Override
    public int step(String name, Consumer<List<Read>> reader) {
        long next = database.readPlatform(tx -> cursors.position(tx, name));
        var window = database.readPlatform(tx -> events.from(tx, next, WINDOW));
        if (window.isEmpty()) {
            return 0;
        }
        reader.accept(
                window.stream()
                        .map(event -> new Read(event.draft().tenant(), event.entry()))
                        .toList());
        long after = window.getLast().index() + 1;
        database.writePlatform(tx -> cursors.keep(tx, name, after));
        return window.size();
    }
}
