package holdfast.storage;

import holdfast.kernel.Problem;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only writer of a SQLite database: one thread that takes all waiting writes, runs them in one transaction, commits
/// once, then answers them all.
///
/// A write that throws rolls back alone: the others run again, and for some groups each has a savepoint. When the engine may have lost the transaction (disk full, I/O error, no memory),
/// the whole group fails and says so; the next group starts afresh.
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MAX_WAITING = 10_000; // writes
    private static final int MAX_GROUP = 1_000; // writes
    private static final long MAX_NANOS = Duration.ofMillis(20).toNanos(); // nobody waits for more

    private static final int WARY = 64; // groups with savepoints after a write was refused

    private final SqliteWriter writer;
    private final Counting counting;
    private final BlockingQueue<Waiting<?>> queue = new LinkedBlockingQueue<>(MAX_WAITING);
    private final Waiting<Boolean> stop = new Waiting<>(_ -> true);
    private final Thread thread;
    private int wary; // groups; the writer's thread alone knows it
    private volatile boolean closing;
    private volatile boolean finished;

    GroupCommit(SqliteWriter writer, Counting counting) {
        this.writer = writer;
        this.counting = counting;
        this.thread = Thread.ofPlatform().name("storage-writer").unstarted(this::serve);
    }

    void start() {
        thread.start();
    }

    <T extends @Nullable Object> T write(Function<Handle, T> work) {
        if (Thread.currentThread().equals(thread)) {
            throw new IllegalStateException("a write inside a write");
        }
        var waiting = new Waiting<T>(work);
        if (closing || !queue.offer(waiting)) {
            throw unavailable();
        }
        if (finished && queue.remove(waiting)) {
            throw unavailable();
        }
        return waiting.answer();
    }

    int waiting() {
        return queue.size();
    }

    /// Finishes the writes that were accepted.
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(stop);
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true; // accepted writes are finished first
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        boolean open = true;
        while (open) {
            open = serveGroup();
        }
        finished = true;
        for (var late = queue.poll(); late != null; late = queue.poll()) {
            late.fail(unavailable());
        }
        writer.close();
    }

    /// {@return false when this was the last}
    private boolean serveGroup() {
        var group = new ArrayList<Waiting<?>>();
        try {
            var first = queue.take();
            if (first == stop) {
                return false;
            }
            group.add(first);
            return runGroup(group, first);
        } catch (InterruptedException _) {
            return true; // nobody may interrupt the writer; close() stops it
        } catch (SQLException | RuntimeException failure) {
            lose(group, failure);
            return true;
        }
    }

    private boolean runGroup(List<Waiting<?>> group, Waiting<?> first) throws SQLException {
        long started = System.nanoTime();
        writer.begin();
        boolean apart = wary > 0;
        wary = Math.max(0, wary - 1);
        boolean open = true;
        for (var next = first; next != null; next = queue.poll()) {
            if (next == stop) {
                open = false;
                break;
            }
            if (next != first) {
                group.add(next);
            }
            if (apart) {
                runAlone(next);
            } else if (!runAlong(next)) {
                apart = true;
                runAgain(group.subList(0, group.size() - 1));
            }
            if (group.size() >= MAX_GROUP || System.nanoTime() - started > MAX_NANOS) {
                break;
            }
        }
        writer.commit();
        counting.committed(group.size());
        group.forEach(Waiting::done);
        return open;
    }

    /// Without a savepoint, for which SQLite would copy every page that the write changes.
    ///
    /// @return false when it threw: then nothing of the transaction may stay
    private boolean runAlong(Waiting<?> write) {
        try {
            write.run(writer.handle());
            return true;
        } catch (Throwable failure) {
            if (Failures.losesTransaction(failure)) {
                throw new GroupLost(failure);
            }
            write.refuse(failure); // what came before it runs again as it did: so would this
            counting.refused();
            return false;
        }
    }

    /// Takes everything back and runs what went well once more. Where one was refused, more are soon.
    private void runAgain(List<Waiting<?>> before) throws SQLException {
        writer.rollback();
        writer.begin();
        for (var write : before) {
            runAlone(write);
        }
        wary = WARY;
    }

    private void runAlone(Waiting<?> write) throws SQLException {
        writer.savepoint();
        try {
            write.run(writer.handle());
        } catch (Throwable failure) {
            if (Failures.losesTransaction(failure)) {
                throw new GroupLost(failure);
            }
            writer.rollbackToSavepoint();
            write.refuse(failure);
            counting.refused();
            wary = WARY;
        }
        writer.release();
    }

    private void lose(List<Waiting<?>> group, Exception failure) {
        var cause =
                failure instanceof GroupLost lost && lost.getCause() != null
                        ? lost.getCause()
                        : failure;
        writer.rollback();
        var answer = Failures.translated(cause);
        LOG.atError()
                .addKeyValue("writes", group.size())
                .addKeyValue("answer", answer.getMessage())
                .log("group lost");
        group.forEach(write -> write.fail(answer));
        counting.lost(group.size());
    }

    private static RuntimeException unavailable() {
        return Problem.UNAVAILABLE.because("the database takes no more writes now");
    }

    /// The engine may have rolled back more than the write that met the failure.
    private static final class GroupLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GroupLost(Throwable cause) {
            super(cause);
        }
    }
}
