package holdfast.benchmarks;

import holdfast.demo.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The distribution, its state in a folder of its own, and a server process on it with an administrator signed in.
final class Installation implements AutoCloseable {
    static final String PASSWORD = "bench-7f3k-Harbour-quilt";

    private final Path launcher;
    private final Path state;
    private final Map<String, String> environment;
    private ServerProcess server;
    private Api api;

    private Installation(Path launcher, Path state, Map<String, String> environment) {
        this.launcher = launcher;
        this.state = state;
        this.environment = environment;
        this.server = process();
        this.api = client();
    }

    /// Starts on an empty folder and takes the first run.
    ///
    /// @param root the repository, with a built distribution
    static Installation fresh(Path root) {
        return fresh(root, Map.of());
    }

    /// @param environment of the server, for example `HOLDFAST_HEAP`
    static Installation fresh(Path root, Map<String, String> environment) {
        var made = new Installation(launcher(root), Folder.make(), environment);
        made.firstRun();
        return made;
    }

    /// {@return the program of the distribution}
    static Path launcher(Path root) {
        try (var folders = Files.list(root.resolve("target/dist"))) {
            return folders.map(folder -> folder.resolve("bin/holdfast"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(Installation::missing);
        } catch (IOException _) {
            throw missing();
        }
    }

    private static IllegalStateException missing() {
        return new IllegalStateException("make the distribution first: ./run dist");
    }

    Api api() {
        return api;
    }

    URI url() {
        return server.url();
    }

    Path state() {
        return state;
    }

    ProcessFigures figures() {
        return new ProcessFigures(server.process().pid());
    }

    /// Signs in with the password, which is also what step-up asks for.
    void signIn() {
        api.post("/api/auth/sign-in", Map.of("username", "bench", "password", PASSWORD));
    }

    void stop() {
        server.close();
    }

    /// Starts again on the same state and signs in.
    void start() {
        server = process();
        api = client();
        signIn();
    }

    private void firstRun() {
        var code = server.setupCode().orElseThrow();
        api.post("/api/setup", Map.of("code", code, "username", "bench", "password", PASSWORD));
        signIn();
    }

    private ServerProcess process() {
        return ServerProcess.start(List.of(launcher.toString()), flags(state), environment);
    }

    static List<String> flags(Path state) {
        return List.of(
                "--state-dir",
                state.toString(),
                "--port",
                "0",
                "--address",
                "127.0.0.1",
                "--outbound-loopback",
                "true");
    }

    private Api client() {
        return new Api(server.url(), state.resolve("tls/cert.pem"));
    }

    @Override
    public void close() {
        server.close();
        Folder.delete(state);
    }

    /// Temporary folders of this program's own.
    static final class Folder {
        private Folder() {}

        static Path make() {
            try {
                return Files.createTempDirectory("holdfast-bench"); // 0700
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        static void delete(Path folder) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
