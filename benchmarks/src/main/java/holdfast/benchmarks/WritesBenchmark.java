package holdfast.benchmarks;

import holdfast.storage.Database;
import holdfast.storage.Schema;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Durable single-row writes on SQLite (`synchronous=FULL`): many writers through group commit, and the same writes one
/// after the other, each with a commit of its own, in turns.
final class WritesBenchmark implements Benchmark {
    private static final int WRITERS = 64;
    private static final int ROUNDS = 5;
    private static final double SECONDS = 2; // of each part of a round
    private static final double AIM = 10; // times as many

    @Override
    public void run(Report report) {
        var folder = Installation.Folder.make();
        try (var database =
                Storage.open(
                        StorageConfig.sqlite(folder.resolve("state")),
                        "0",
                        List.of(new Schema("benchmarks", WritesBenchmark.class)))) {
            measure(report, database);
        } finally {
            Installation.Folder.delete(folder);
        }
    }

    private static void measure(Report report, Database database) {
        var rows = new RowStore();
        var next = new AtomicLong();
        Runnable write = () -> database.writePlatform(tx -> rows.add(tx, next.incrementAndGet()));
        Clocked.rate(WRITERS, SECONDS, write); // warms up
        var grouped = new ArrayList<Double>();
        var alone = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < ROUNDS; i++) {
            alone.add(Clocked.rate(1, SECONDS, write));
            grouped.add(Clocked.rate(WRITERS, SECONDS, write));
            ratios.add(grouped.getLast() / alone.getLast());
        }
        report.line("writes", "one by one").spread(Figures.of(alone), "writes/s").print();
        report.line("writes", WRITERS + " writers, group commit")
                .spread(Figures.of(grouped), "writes/s")
                .with("largest_group", database.figures().largestGroup())
                .print();
        var ratio = Figures.of(ratios);
        report.line("writes", "group commit against one by one")
                .spread(ratio, "times")
                .atLeast(AIM, ratio.median())
                .print();
    }
}
