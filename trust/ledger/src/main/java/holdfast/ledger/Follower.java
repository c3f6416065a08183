package holdfast.ledger;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes after the ledger on a virtual thread of its own: woken by hints, step by step until there is nothing new.
final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration AGAIN = Duration.ofSeconds(5); // after a failure, or a lost hint
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final IntSupplier step;
    private final Duration rest;
    private final Semaphore wake = new Semaphore(1);
    private final AutoCloseable listening;
    private final Thread thread;

    /// @param step takes the next events and says how many there were
    /// @param rest how long it lets events gather after each turn
    Follower(String name, IntSupplier step, Duration rest, Hints hints) {
        this.name = name;
        this.step = step;
        this.rest = rest;
        this.listening = hints.listen(wake::release);
        this.thread = Thread.ofVirtual().name("ledger-" + name).unstarted(this::serve);
    }

    Follower start() {
        thread.start();
        return this;
    }

    private void serve() {
        while (true) {
            try {
                if (wake.tryAcquire(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
                int count = step.getAsInt();
                while (count > 0) {
                    count = step.getAsInt();
                }
                Thread.sleep(rest);
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

    /// Returns when the thread no longer uses the database.
    @Override
    public void close() {
        try {
            listening.close();
            thread.interrupt();
            thread.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            throw new IllegalStateException("the listening did not end", failure);
        }
    }
}
