package holdfast.benchmarks;

import holdfast.demo.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How long the distribution takes from its launcher to the first answered request, what it then keeps resident, and
/// what it keeps when it has worked and fallen silent.
final class StartBenchmark implements Benchmark {
    private static final int STARTS = 7;
    private static final double AIM_FIRST = 4; // seconds
    private static final double AIM_SECOND = 1.5; // seconds; 0.7 is hoped for
    private static final double AIM_RESIDENT = 150; // MB; 100 is hoped for
    private static final double AIM_INSTALLED = 100; // MB
    private static final int DEMO = 180; // credentials, as in the demo
    private static final Duration SILENCE = Duration.ofSeconds(150); // memory is given back by then

    private final Path root;

    StartBenchmark(Path root) {
        this.root = root;
    }

    /// What one start took.
    private record Start(double seconds, double processor, double resident, double files) {}

    @Override
    public void run(Report report) {
        installed(report);
        var state = Installation.Folder.make();
        try {
            var first = start(state);
            report.line("start", "first start to the first answer")
                    .with("unit", "s")
                    .with("seconds", first.seconds())
                    .with("processor_seconds", first.processor())
                    .atMost(AIM_FIRST, first.seconds())
                    .print();
            var later = new ArrayList<Start>();
            for (int i = 0; i < STARTS; i++) {
                later.add(start(state));
            }
            second(report, later);
        } finally {
            Installation.Folder.delete(state);
        }
        idle(report);
    }

    private static void second(Report report, List<Start> starts) {
        var seconds = Figures.of(starts.stream().map(Start::seconds).toList());
        report.line("start", "second start to the first answer")
                .spread(seconds, "s")
                .with(
                        "processor_seconds",
                        Figures.of(starts.stream().map(Start::processor).toList()).median())
                .atMost(AIM_SECOND, seconds.median())
                .print();
        report.line("start", "resident at the first answer")
                .spread(Figures.of(starts.stream().map(Start::resident).toList()), "MB")
                .with("files", Figures.of(starts.stream().map(Start::files).toList()).median())
                .print();
    }

    private Start start(Path state) {
        var program = List.of(Installation.launcher(root).toString());
        long start = System.nanoTime();
        try (var server = ServerProcess.start(program, Installation.flags(state), Map.of())) {
            new Api(server.url(), state.resolve("tls/cert.pem")).touch("/api/ping");
            double seconds = (System.nanoTime() - start) / 1e9;
            var process = new ProcessFigures(server.process().pid());
            return new Start(
                    seconds,
                    process.processorSeconds(),
                    process.residentMegabytes(),
                    process.fileMegabytes());
        }
    }

    /// First run, sign-in, an environment of the demo's size synced and looked at; then nothing.
    private void idle(Report report) {
        try (var installation = Installation.fresh(root);
                var estate = Estate.of(installation, "demo", DEMO)) {
            estate.sync();
            installation.api().touch(estate.path("/credentials?limit=100"));
            installation.api().touch("/api/overview");
            var process = installation.figures();
            double busy = process.residentMegabytes();
            double idle = process.leastMegabytes(SILENCE);
            report.line("start", "resident when idle, demo data loaded")
                    .with("unit", "MB")
                    .with("resident", idle)
                    .with("files", process.fileMegabytes())
                    .with("before_silence", busy)
                    .atMost(AIM_RESIDENT, idle)
                    .print();
        }
    }

    private void installed(Report report) {
        var home = Installation.launcher(root).resolve("../..").normalize();
        double total = megabytes(home);
        report.line("start", "installed size")
                .with("unit", "MB")
                .with("total", total)
                .with("runtime", megabytes(home.resolve("runtime")))
                .with("class_cache", megabytes(home.resolve("lib/holdfast.aot")))
                .atMost(AIM_INSTALLED, total)
                .print();
    }

    private static double megabytes(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum()
                    / (1024.0 * 1024);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
