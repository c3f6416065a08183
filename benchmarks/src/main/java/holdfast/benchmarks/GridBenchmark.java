package holdfast.benchmarks;

import java.nio.file.Path;
import java.util.List;

/// The first window of a list over the API when the database holds 2,000,000 credentials in 200 environments.
///
/// One environment is synced; its rows are then copied into 199 more with the server stopped.
final class GridBenchmark implements Benchmark {
    private static final int ENVIRONMENTS = 200;
    private static final int CREDENTIALS = 10_000; // of each
    private static final int SAMPLES = 200;
    private static final double AIM = 10; // milliseconds

    private final Path root;

    GridBenchmark(Path root) {
        this.root = root;
    }

    /// @param query after `/credentials?`
    private record Window(String name, String query) {}

    private static final List<Window> WINDOWS =
            List.of(
                    new Window("first window", "limit=100"),
                    new Window("search", "q=esx&limit=100"),
                    new Window("search for a name", "q=esx-0100&limit=100"),
                    new Window("filter", "resourceType=ESXI&limit=100"),
                    new Window("sort by user", "sort=username&limit=100"),
                    new Window("sort by change, newest first", "sort=-changed&limit=100"),
                    new Window("last window", "offset=9900&limit=100"));

    @Override
    public void run(Report report) {
        try (var installation = Installation.fresh(root);
                var estate = Estate.of(installation, "environment 0", CREDENTIALS)) {
            estate.sync();
            installation.stop();
            double seconds =
                    Clocked.seconds(() -> CopyStore.copy(installation.state(), ENVIRONMENTS - 1));
            report.line("grid", "rows loaded with the server stopped")
                    .with("rows", ENVIRONMENTS * CREDENTIALS)
                    .with("seconds", seconds)
                    .print();
            installation.start();
            Reference.print(report, installation);
            for (var window : WINDOWS) {
                measure(report, installation, window, estate.path("/credentials?"));
            }
            report.line("grid", "resident after it")
                    .with("unit", "MB")
                    .with("resident", installation.figures().residentMegabytes())
                    .print();
        }
    }

    private static void measure(
            Report report, Installation installation, Window window, String path) {
        var api = installation.api();
        Runnable ask = () -> api.touch(path + window.query());
        Clocked.milliseconds(SAMPLES / 2, ask); // warms up
        var taken = Clocked.milliseconds(SAMPLES, ask);
        report.line("grid", window.name())
                .quantiles(taken, "ms")
                .atMost(AIM, taken.median())
                .print();
    }
}
