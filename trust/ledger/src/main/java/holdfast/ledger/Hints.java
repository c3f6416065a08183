package holdfast.ledger;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells listeners that the ledger grew, after the growth is durable. Never in the writer's path: that only rings.
final class Hints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hints.class);

    /// An append may ring long before its transaction commits; this long it is looked for.
    private static final Duration FIRST_LOOK = Duration.ofMillis(2);

    private static final Duration LAST_LOOK = Duration.ofMillis(500);

    /// Under load somebody rings all the time: what comes in so long a time is one look.
    private static final Duration REST = Duration.ofMillis(5);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private final LongSupplier size;
    private final Duration idle;
    private final Thread thread;
    private volatile boolean ringing;
    private boolean closed;

    /// @param size how many events are durable now
    /// @param idle how often to look though nobody rang: other nodes append too
    Hints(LongSupplier size, Duration idle) {
        this.size = size;
        this.idle = idle;
        this.thread = Thread.ofVirtual().name("ledger-hints").unstarted(this::serve);
    }

    void start() {
        thread.start();
    }

    AutoCloseable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void ring() {
        if (ringing) {
            return; // the look that was asked for is still to come
        }
        lock.lock();
        try {
            ringing = true;
            rung.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            rung.signal();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }

    private void serve() {
        long known = -1;
        var pause = LAST_LOOK;
        while (true) {
            try {
                boolean heard = await(pause);
                if (isClosed()) {
                    return;
                }
                long now = size.getAsLong();
                boolean grown = now != known;
                if (grown) {
                    listeners.forEach(Hints::tell);
                }
                known = now;
                pause = next(pause, heard || grown);
                if (heard) {
                    Thread.sleep(REST);
                }
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException failure) {
                if (isClosed()) {
                    return;
                }
                LOG.atWarn().setCause(failure).log("the ledger could not be looked at");
                pause = idle;
            }
        }
    }

    private Duration next(Duration pause, boolean lively) {
        if (lively) {
            return FIRST_LOOK;
        }
        var longer = pause.multipliedBy(2);
        return longer.compareTo(LAST_LOOK) > 0 ? idle : longer;
    }

    /// {@return whether somebody rang}
    private boolean await(Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = pause.toNanos();
            while (!ringing && !closed && left > 0) {
                left = rung.awaitNanos(left);
            }
            boolean heard = ringing;
            ringing = false;
            return heard;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException failure) {
            LOG.atWarn().setCause(failure).log("a listener of the ledger failed");
        }
    }
}
