package holdfast.infrastructure;

import holdfast.vcf.SourceKind;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How far a run has come, for those who watch it; in the memory of the node that runs it. Safe for many threads.
public final class Progress {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<SourceKind, Step> steps = new EnumMap<>(SourceKind.class);
    private long edition;
    private boolean ended;

    /// What a run does with a source.
    public enum Phase {
        READING,
        COMPARING,
        /// Writes where nobody sees it yet.
        STORING
    }

    /// How far one source is.
    ///
    /// @param pages   read so far; of an Installer, deployments
    /// @param fetched credentials read so far
    /// @param changes to be stored, known once they are compared
    /// @param stored  changes that are stored
    public record Step(
            SourceKind kind, Phase phase, int pages, int fetched, int changes, int stored) {}

    /// What a watcher sees.
    ///
    /// @param edition grows with every step
    public record View(long edition, boolean ended, Collection<Step> sources) {
        public View {
            sources = List.copyOf(sources);
        }
    }

    void reading(SourceKind kind, int pages, int fetched) {
        put(new Step(kind, Phase.READING, pages, fetched, 0, 0));
    }

    void comparing(SourceKind kind) {
        var before = step(kind);
        put(new Step(kind, Phase.COMPARING, before.pages(), before.fetched(), 0, 0));
    }

    void storing(SourceKind kind, int changes, int stored) {
        var before = step(kind);
        put(new Step(kind, Phase.STORING, before.pages(), before.fetched(), changes, stored));
    }

    void end() {
        change(() -> ended = true);
    }

    /// Waits for something newer than `seen`, at most `patience`.
    View after(long seen, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (edition <= seen && !ended && left > 0) {
                left = news.awaitNanos(left);
            }
            return new View(edition, ended, steps.values());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new View(edition, ended, steps.values());
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the end of the run.
    ///
    /// @return whether it has ended
    boolean await(Duration patience) {
        return after(Long.MAX_VALUE, patience).ended();
    }

    private Step step(SourceKind kind) {
        lock.lock();
        try {
            return steps.getOrDefault(kind, new Step(kind, Phase.READING, 0, 0, 0, 0));
        } finally {
            lock.unlock();
        }
    }

    private void put(Step step) {
        change(() -> steps.put(step.kind(), step));
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            edition++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
