package holdfast.benchmarks;

import holdfast.demo.ServerProcess;
import holdfast.http.AddressPolicy;
import holdfast.http.GuardedOutbound;
import holdfast.http.Outbound;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How long the distribution takes from its launcher to the first answered request, and what it then keeps resident.
///
/// The first line is the first start (keys, schema, certificate, calibration), the others find everything there.
final class StartBenchmark {
    private static final int STARTS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path root;

    StartBenchmark(Path root) {
        this.root = root;
    }

    void run(PrintStream out) {
        var launcher = launcher();
        var state = state();
        for (int i = 0; i < STARTS; i++) {
            var flags =
                    List.of(
                            "--state-dir",
                            state.toString(),
                            "--port",
                            "0",
                            "--address",
                            "127.0.0.1");
            long start = System.nanoTime();
            try (var server = ServerProcess.start(List.of(launcher.toString()), flags, Map.of())) {
                ping(server);
                double seconds = (System.nanoTime() - start) / 1e9;
                out.println(
                        String.format(
                                Locale.ROOT,
                                "{\"case\": \"%s\", \"seconds\": %.2f, \"resident_mb\": %d}",
                                i == 0 ? "first start" : "second start",
                                seconds,
                                resident(server.process().pid())));
            }
        }
    }

    private Path launcher() {
        try (var folders = Files.list(root.resolve("target/dist"))) {
            return folders.map(folder -> folder.resolve("bin/holdfast"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException("make the distribution first: ./run dist"));
        } catch (IOException _) {
            throw new IllegalStateException("make the distribution first: ./run dist");
        }
    }

    private static Path state() {
        try {
            return Files.createTempDirectory(
                    "holdfast-bench",
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void ping(ServerProcess server) {
        var outbound =
                new GuardedOutbound(new AddressPolicy(true, List.of()), InetAddress::getAllByName);
        var target =
                new Outbound.Target(
                        "127.0.0.1",
                        server.url().getPort(),
                        new Outbound.Trust.Pin(server.fingerprint()));
        var call =
                new Outbound.Call(
                        "GET", "/api/ping", Map.of(), Optional.empty(), PATIENCE, PATIENCE, 1_000);
        try (var answer = outbound.send(target, call)) {
            if (answer.status() != 200) {
                throw new IllegalStateException("ping answered " + answer.status());
            }
        }
    }

    /// {@return VmRSS of proc(5), in MB}
    private static long resident(long process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
