package holdfast.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Two load generators of Debian, which leave the cores to the server: `wrk` for peaks, `h2load` for a held rate. Both
/// speak HTTP/1.1 over kept TLS connections.
final class Generators {
    private static final String SCRIPT = "requests.lua";

    private final Target target;
    private final Path folder;
    private final String token;

    /// The server they load.
    record Target(URI url, ProcessFigures figures) {}

    /// @param folder of this run's own, for the script, the token and the ids of the secrets
    Generators(Target target, Path folder, String token) {
        this.target = target;
        this.folder = folder;
        this.token = token;
        write("token", token);
        secrets(List.of("-"));
        try (var script = Generators.class.getResourceAsStream(SCRIPT)) {
            Files.write(folder.resolve(SCRIPT), Objects.requireNonNull(script).readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// What came of one run.
    ///
    /// @param cpuMicros processor time of the server for each request
    /// @param failed    requests that came to nothing
    record Result(double perSecond, double p50, double p99, double cpuMicros, long failed) {}

    /// Names the secrets that are read from now on.
    void secrets(Collection<String> ids) {
        write("ids", String.join("\n", ids));
    }

    /// As many requests as come back.
    ///
    /// @param what  a case of the script
    /// @param items of a batch
    Result peak(String what, int connections, int seconds, int items) {
        double before = target.figures().processorSeconds();
        var said =
                run(
                        "wrk",
                        "-t2",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--timeout=20s",
                        "-s",
                        folder.resolve(SCRIPT).toString(),
                        target.url().toString(),
                        "--",
                        what,
                        folder.toString(),
                        Integer.toString(items),
                        Long.toString(System.nanoTime(), 36));
        double cpu = target.figures().processorSeconds() - before;
        var result =
                said.lines()
                        .filter(line -> line.startsWith("RESULT "))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("wrk said " + said))
                        .split(" ", -1);
        double requests = Double.parseDouble(result[1]);
        return new Result(
                requests * 1e6 / Double.parseDouble(result[2]),
                Double.parseDouble(result[3]) / 1e3,
                Double.parseDouble(result[4]) / 1e3,
                cpu * 1e6 / Math.max(1, requests), // none came back in time on a crowded machine
                Long.parseLong(result[5]));
    }

    /// Reads of values at a rate that is held whether answers come or not.
    Result held(List<String> ids, int connections, int seconds, double rate) {
        var log = folder.resolve("log");
        var uris = new ArrayList<String>();
        ids.forEach(
                id -> uris.add(target.url().resolve("/api/secrets/" + id + "/value").toString()));
        write("uris", String.join("\n", uris));
        double before = target.figures().processorSeconds();
        run(
                "h2load",
                "--h1",
                "-c" + connections,
                "-t1",
                "-D" + seconds,
                "--rps=" + Math.max(1, Math.round(rate / connections)),
                "-i",
                folder.resolve("uris").toString(),
                "-H",
                "Authorization: Bearer " + token,
                "--log-file=" + log);
        double cpu = target.figures().processorSeconds() - before;
        try (var lines = Files.lines(log)) {
            var answers = lines.map(line -> line.split("\t", -1)).toList();
            // 0 stands for 200 as well: h2load overlooks the status where no reason phrase follows
            // it (RFC 9112 §4)
            long failed =
                    answers.stream()
                            .filter(answer -> !Set.of("0", "200").contains(answer[1]))
                            .count();
            var taken =
                    Figures.of(
                            answers.stream()
                                    .map(answer -> Double.parseDouble(answer[2]) / 1e3)
                                    .toList());
            return new Result(
                    answers.size() / (double) seconds,
                    taken.median(),
                    taken.quantile(0.99),
                    cpu * 1e6 / Math.max(1, answers.size()),
                    failed);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command[0] + ": " + said);
            }
            return said;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
