package holdfast.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;

/// A sync of 10,000 credentials over the API: all new, then unchanged. The simulator runs on the same machine.
final class SyncBenchmark implements Benchmark {
    private static final int CREDENTIALS = 10_000;
    private static final int ROUNDS = 3; // environments that are new
    private static final int UNCHANGED = 5; // syncs of each
    private static final double AIM_NEW = 2; // seconds
    private static final double AIM_UNCHANGED = 0.5; // seconds

    private final Path root;

    SyncBenchmark(Path root) {
        this.root = root;
    }

    @Override
    public void run(Report report) {
        try (var installation = Installation.fresh(root)) {
            try (var warm = Estate.of(installation, "warm", 2_000)) {
                warm.sync();
                warm.sync();
            }
            Reference.print(report, installation);
            var fresh = new ArrayList<Double>();
            var unchanged = new ArrayList<Double>();
            for (int i = 0; i < ROUNDS; i++) {
                try (var estate = Estate.of(installation, "round " + i, CREDENTIALS)) {
                    fresh.add(Clocked.seconds(estate::sync));
                    for (int again = 0; again < UNCHANGED; again++) {
                        unchanged.add(Clocked.seconds(estate::sync));
                    }
                }
            }
            var first = Figures.of(fresh);
            report.line("sync", "10,000 credentials, all new")
                    .spread(first, "s")
                    .atMost(AIM_NEW, first.median())
                    .print();
            var later = Figures.of(unchanged);
            report.line("sync", "10,000 credentials, unchanged")
                    .spread(later, "s")
                    .atMost(AIM_UNCHANGED, later.median())
                    .print();
        }
    }
}
