package holdfast.benchmarks;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Takes the time of work.
final class Clocked {
    private Clocked() {}

    /// {@return seconds}
    static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /// {@return milliseconds of each of `times` runs}
    static Figures milliseconds(int times, Runnable work) {
        var taken = new ArrayList<Double>();
        for (int i = 0; i < times; i++) {
            taken.add(seconds(work) * 1e3);
        }
        return Figures.of(taken);
    }

    /// Lets `callers` threads do `work` again and again for `seconds`.
    ///
    /// @return how often it was done in a second
    static double rate(int callers, double seconds, Runnable work) {
        var done = new LongAdder();
        var start = new CountDownLatch(1);
        var stop = new AtomicLong();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            var loops = new ArrayList<Future<?>>();
            for (int i = 0; i < callers; i++) {
                loops.add(
                        threads.submit(() -> {
                            start.await();
                            for (; System.nanoTime() < stop.get(); done.increment()) {
                                work.run();
                            }
                            return null;
                        }));
            }
            long began = System.nanoTime();
            stop.set(began + (long) (seconds * 1e9));
            start.countDown();
            for (var loop : loops) {
                loop.get();
            }
            return done.sum() / ((System.nanoTime() - began) / 1e9);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a caller failed", failure.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }
}
