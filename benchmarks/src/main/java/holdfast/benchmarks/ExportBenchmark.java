package holdfast.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// CSV and XLSX of whole environments, event included, and how much memory they take while they run.
///
/// Memory is flat when twice the rows do not need twice the growth. The heap is limited, so that what is resident does not
/// merely show that the collector had no reason to run.
final class ExportBenchmark implements Benchmark {
    private static final int ROUNDS = 7;
    private static final Map<String, String> SMALL_HEAP = Map.of("HOLDFAST_HEAP", "128m");

    private final Path root;

    ExportBenchmark(Path root) {
        this.root = root;
    }

    /// @param aim seconds for 10,000 rows
    private record Format(String name, double aim) {}

    private static final List<Format> FORMATS =
            List.of(new Format("csv", 0.3), new Format("excel", 0.8));

    @Override
    public void run(Report report) {
        try (var installation = Installation.fresh(root, SMALL_HEAP);
                var small = Estate.of(installation, "small", 10_000);
                var large = Estate.of(installation, "large", 20_000)) {
            small.sync();
            large.sync();
            Reference.print(report, installation);
            for (var format : FORMATS) {
                installation
                        .api()
                        .post("/api/auth/step-up", Map.of("password", Installation.PASSWORD));
                measure(report, installation, small, format, "10,000 rows");
                measure(report, installation, large, format, "20,000 rows");
            }
        }
    }

    private static void measure(
            Report report, Installation installation, Estate estate, Format format, String rows) {
        var path = estate.path("/export/" + format.name());
        var bytes = new long[1];
        Runnable export = () -> bytes[0] = installation.api().download(path);
        export.run();
        export.run(); // warm
        var process = installation.figures();
        process.forgetPeak();
        double before = process.residentMegabytes();
        var taken = Clocked.milliseconds(ROUNDS, export);
        var line =
                report.line("export", format.name() + " of " + rows)
                        .spread(taken, "ms")
                        .with("file_kb", bytes[0] / 1024)
                        .with("resident_mb_before", before)
                        .with("resident_mb_peak", process.peakMegabytes());
        if (rows.startsWith("10,")) {
            line.atMost(format.aim() * 1e3, taken.median());
        }
        line.print();
    }
}
