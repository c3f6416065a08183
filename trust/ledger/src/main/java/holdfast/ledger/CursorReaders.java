package holdfast.ledger;

import holdfast.storage.Database;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only [Readers]: positions in `ledger_cursor`, a virtual thread for each reader, woken by hints.
final class CursorReaders implements Readers {
    private static final Logger LOG = LoggerFactory.getLogger(CursorReaders.class);
    private static final int WINDOW = 200; // events
    private static final Duration AGAIN = Duration.ofSeconds(5); // after a failure, or a lost hint

    private final Database database;
    private final EventStore events;
    private final Hints hints;

    CursorReaders(Database database, EventStore events, Hints hints) {
        this.database = database;
        this.events = events;
        this.hints = hints;
    }

    @Override
    public AutoCloseable follow(String name, Consumer<List<Read>> reader) {
        var wake = new Semaphore(1);
        var listening = hints.listen(wake::release);
        var thread =
                Thread.ofVirtual().name("ledger-" + name).start(() -> serve(name, reader, wake));
        return () -> {
            listening.close();
            thread.interrupt();
        };
    }

    @Override
    public int step(String name, Consumer<List<Read>> reader) {
        long next = database.readPlatform(tx -> position(tx, name));
        var window = database.readPlatform(tx -> events.from(tx, next, WINDOW));
        if (window.isEmpty()) {
            return 0;
        }
        reader.accept(
                window.stream()
                        .map(event -> new Read(event.draft().tenant(), event.entry()))
                        .toList());
        long after = window.getLast().index() + 1;
        database.writePlatform(tx -> keep(tx, name, after));
        return window.size();
    }

    private void serve(String name, Consumer<List<Read>> reader, Semaphore wake) {
        while (true) {
            try {
                boolean woken = wake.tryAcquire(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                if (woken) {
                    wake.drainPermits();
                }
                int count = step(name, reader);
                while (count > 0) {
                    count = step(name, reader);
                }
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException failure) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                LOG.atWarn()
                        .addKeyValue("reader", name)
                        .setCause(failure)
                        .log("reader failed, comes again");
            }
        }
    }

    private static long position(Handle tx, String name) {
        return tx.createQuery("SELECT next FROM ledger_cursor WHERE name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /// A position never goes back, though two nodes read under one name.
    private static int keep(Handle tx, String name, long next) {
        return tx.createUpdate(
                        """
                        INSERT INTO ledger_cursor (name, next) VALUES (:name, :next)
                            ON CONFLICT (name) DO UPDATE SET next = excluded.next
                         WHERE ledger_cursor.next < excluded.next
                        """)
                .bind("name", name)
                .bind("next", next)
                .execute();
    }
}
