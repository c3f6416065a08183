package holdfast.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `holdfast serve` as a process of its own, and what it printed when it was ready.
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Map<String, String> said = new ConcurrentHashMap<>();
    private final List<String> lines = java.util.Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch ready = new CountDownLatch(1);

    private ServerProcess(Process process) {
        this.process = process;
    }

    /// Starts the program from the build and waits until it serves.
    ///
    /// @param root        the repository
    /// @param flags       of `serve`
    /// @param environment added to this process's own
    public static ServerProcess start(
            Path root, List<String> flags, Map<String, String> environment) {
        return start(program(root), flags, environment);
    }

    /// @param program command and its fixed arguments, for example the launcher of a distribution
    public static ServerProcess start(
            List<String> program, List<String> flags, Map<String, String> environment) {
        var command = new ArrayList<>(program);
        command.add("serve");
        command.addAll(flags);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            // also when this program is told to stop before it closes the server
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            var server = new ServerProcess(process);
            Thread.ofVirtual().start(server::listen);
            if (!server.ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    || !server.said.containsKey("ready")) {
                server.close();
                throw new Client.Failed(
                        "the server did not start: " + String.join("\n", server.lines));
            }
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Client.Failed("interrupted");
        }
    }

    /// {@return command and fixed arguments of the program from the build}
    ///
    /// It runs for minutes: the second compiler would cost more than it gives, and half of the time of a start.
    public static List<String> program(Path root) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                root.resolve("app/target/lib") + "/*",
                "holdfast.app.Main");
    }

    private void listen() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                int space = line.indexOf(' ');
                if (space > 0 && ready.getCount() > 0) {
                    said.putIfAbsent(line.substring(0, space), line.substring(space + 1).strip());
                }
                if (line.startsWith("ready")) {
                    said.put("ready", line);
                    ready.countDown();
                }
            }
        } catch (IOException _) {
            // the process is gone
        }
        ready.countDown();
    }

    public URI url() {
        return URI.create(said("url").orElseThrow());
    }

    public String fingerprint() {
        return said("fingerprint").orElseThrow();
    }

    /// {@return the code of a first run; empty once an administrator exists}
    public Optional<String> setupCode() {
        return said("setup-code");
    }

    public Optional<String> said(String word) {
        return Optional.ofNullable(said.get(word));
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public Process process() {
        return process;
    }

    /// Ends the server as a service manager would, and waits.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
