package holdfast.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `./run demo`: a server with a simulated VCF behind it.
///
/// `--check` walks the main job without a person and ends with 0 or 1. `--fresh` forgets the last demo.
/// `--database postgresql` runs on PostgreSQL. `--port N` chooses the port. `--root DIR` is the repository.
public final class Main {
    private static final String DEMO_PORT = "8443";
    private static final Set<String> ALONE = Set.of("--check", "--fresh");
    private static final Set<String> WITH_VALUE = Set.of("--database", "--port", "--root");

    private final Path root;
    private final List<String> arguments;
    private final PrintStream out;

    private Main(List<String> arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
        this.root = Path.of(option("--root").orElse(".")).toAbsolutePath();
    }

    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments), System.out));
    }

    /// {@return 0 when all went well}
    public static int run(List<String> arguments, PrintStream out) {
        try {
            requireKnown(arguments);
            var main = new Main(arguments, out);
            return arguments.contains("--check") ? main.check() : main.demo();
        } catch (RuntimeException failure) {
            out.println("stopped: " + failure.getMessage());
            return 1;
        }
    }

    private static void requireKnown(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            var word = arguments.get(i);
            if (WITH_VALUE.contains(word) && i + 1 < arguments.size()) {
                i++;
            } else if (WITH_VALUE.contains(word)) {
                throw new Client.Failed(word + " needs a value");
            } else if (!ALONE.contains(word)) {
                throw new Client.Failed(
                        "'%s' is none of --check, --fresh, --database postgresql, --port N"
                                .formatted(word));
            }
        }
    }

    private Optional<String> option(String name) {
        int at = arguments.indexOf(name);
        return at >= 0 && at + 1 < arguments.size()
                ? Optional.of(arguments.get(at + 1))
                : Optional.empty();
    }

    private int check() {
        var state = temporary();
        var steps = new Steps(out);
        try (var database = DemoDatabase.of(option("--database"))) {
            walk(state, steps, database);
            out.println("passed: the main job works on " + database.name());
            return 0;
        } finally {
            delete(state);
        }
    }

    private void walk(Path state, Steps steps, DemoDatabase database) {
        var password = HexFormat.of().formatHex(random(12)) + "-Aa";
        try (var site =
                        steps.step(
                                "start the simulated VCF",
                                () -> Site.start(clock(), 7),
                                Site::toString);
                var server =
                        steps.step(
                                "start the server",
                                () -> start(state, "0", database),
                                started -> started.url() + " " + started.fingerprint())) {
            var client = new Client(server.url(), server.fingerprint());
            var job = new MainJob(client, steps, password);
            job.firstRun(server.setupCode().orElseThrow(() -> new Client.Failed("no setup code")));
            job.signIn();
            var environment = job.environment(site.estate());
            job.sync(environment);
            var page = job.list(environment);
            job.search(environment);
            var credential = Estate.known(page);
            var revealed = job.reveal(environment, credential);
            var values =
                    new ArrayList<>(job.exports(environment, page.path("total").asInt(), revealed));
            job.exposures(credential);
            job.verify();
            steps.step(
                    "verify an export offline",
                    () -> Offline.verify(root, client.download("/api/audit/export/bundle"), state),
                    said -> said);
            values.add(password);
            steps.step(
                    "search all files for the values",
                    () -> search(state, values),
                    files -> "none in %d files".formatted(files));
        }
        steps.step("stop", () -> "server and simulator", said -> said);
    }

    private static int search(Path state, List<String> values) {
        var traces = new Traces();
        values.stream().filter(Traces::isTelling).forEach(value -> traces.mark("a value", value));
        traces.searchFiles(state, Set.of());
        Steps.require(
                traces.marked() > 0 && traces.searched() > 0, "there was nothing to search for");
        Steps.require(traces.found().isEmpty(), "found " + traces.found());
        return traces.searched();
    }

    private int demo() {
        var state = root.resolve(".dev/demo");
        if (arguments.contains("--fresh")) {
            delete(state);
        }
        var database = DemoDatabase.of(option("--database"));
        var site = Site.start(clock(), 7);
        var server = start(state, option("--port").orElse(DEMO_PORT), database);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            server.close();
                            site.close();
                            database.close();
                        }));
        new Demo(server, site.estate(), DemoLogin.in(state), out).show();
        try {
            return server.process().waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private ServerProcess start(Path state, String port, DemoDatabase database) {
        var flags =
                new ArrayList<>(
                        List.of(
                                "--state-dir",
                                state.toString(),
                                "--port",
                                port,
                                "--address",
                                "127.0.0.1",
                                "--outbound-loopback",
                                "true"));
        return ServerProcess.start(root, flags, database.environment());
    }

    private static InstantSource clock() {
        return InstantSource.system();
    }

    static byte[] random(int length) {
        var bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory(
                    "holdfast-check",
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
