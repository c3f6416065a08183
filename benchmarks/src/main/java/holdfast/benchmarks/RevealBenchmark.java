package holdfast.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// One client reveals value after value, first alone, then while a sync of 20,000 rows runs beside it.
///
/// Each reveal waits for its durable event, so it shares the writer with the sync.
final class RevealBenchmark implements Benchmark {
    private static final int BUSY = 20_000; // rows of the sync
    private static final int ALONE = 500; // reveals
    private static final double AIM = 20; // milliseconds

    private final Path root;

    RevealBenchmark(Path root) {
        this.root = root;
    }

    @Override
    public void run(Report report) {
        try (var installation = Installation.fresh(root);
                var shown = Estate.of(installation, "shown", 500)) {
            shown.sync();
            var reveal = reveal(installation, shown);
            Clocked.milliseconds(ALONE, reveal); // warms up
            Reference.print(report, installation);
            report.line("reveal", "alone")
                    .quantiles(Clocked.milliseconds(ALONE, reveal), "ms")
                    .print();
            try (var busy = Estate.of(installation, "busy", BUSY)) {
                whileSyncing(report, busy, reveal, "20,000 new rows");
                whileSyncing(report, busy, reveal, "20,000 unchanged rows");
            }
        }
    }

    private static void whileSyncing(Report report, Estate busy, Runnable reveal, String what) {
        var taken = new ArrayList<Double>();
        var sync = CompletableFuture.runAsync(busy::sync);
        while (!sync.isDone()) {
            taken.add(Clocked.seconds(reveal) * 1e3);
        }
        sync.join();
        var figures = Figures.of(taken);
        report.line("reveal", "while a sync of " + what + " runs")
                .quantiles(figures, "ms")
                .atMost(AIM, figures.quantile(0.99))
                .print();
    }

    private static Runnable reveal(Installation installation, Estate estate) {
        var api = installation.api();
        for (var item : api.get(estate.path("/credentials?limit=100")).path("items")) {
            if (item.path("hasValue").asBoolean(false)) {
                var path =
                        estate.path(
                                "/credentials/"
                                        + item.path("id").asString()
                                        + "/reveal?purpose=view");
                return () -> api.post(path, Map.of());
            }
        }
        throw new IllegalStateException("no credential has a value");
    }
}
