package holdfast.system;

import holdfast.demo.Client;
import holdfast.demo.ServerProcess;
import holdfast.testkit.TemporaryPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One installation of a test: state, database, its first node as a process, an administrator. Outlives its processes.
final class Installation implements AutoCloseable {
    static final String ADMINISTRATOR = "ada";
    static final String PASSWORD = "Ninety-seven sour plums 7!";

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final Stored stored;
    private final List<ServerProcess> started = new ArrayList<>();
    private Client admin;

    private Installation(Engine engine, Map<String, String> more) {
        this.folder = makeFolder();
        environment.put("HOLDFAST_DATABASE_URL", "");
        environment.put("HOLDFAST_KEY_FILE", folder.resolve("master.key").toString());
        if (engine == Engine.POSTGRESQL) {
            var made = TemporaryPostgres.fresh();
            environment.put("HOLDFAST_DATABASE_URL", made.url());
            environment.put("HOLDFAST_DATABASE_USER", made.service());
            environment.put("HOLDFAST_DATABASE_OWNER", made.owner());
            this.stored = Stored.postgresql(made.url());
        } else {
            this.stored = Stored.sqlite(state("state").resolve("holdfast.db"));
        }
        environment.putAll(more);
        var server = launch("state");
        admin = new Client(server.url(), server.fingerprint());
        admin.post(
                "/api/setup",
                Map.of(
                        "code", server.setupCode().orElseThrow(),
                        "username", ADMINISTRATOR,
                        "password", PASSWORD));
        admin = signedIn(server);
    }

    static Installation of(Engine engine) {
        return new Installation(engine, Map.of());
    }

    /// @param environment of each node, added to what every installation has
    static Installation of(Engine engine, Map<String, String> environment) {
        return new Installation(engine, environment);
    }

    /// The repository whose program is run.
    static Path root() {
        return Path.of(System.getProperty("holdfast.root", "..")).toAbsolutePath();
    }

    /// Everything this installation may write to lies below.
    Path folder() {
        return folder;
    }

    Stored stored() {
        return stored;
    }

    /// The first node as it runs now.
    ServerProcess server() {
        return started.getFirst();
    }

    Client admin() {
        return admin;
    }

    /// Another node on the same database and key file, with a state directory of its own.
    ServerProcess join() {
        return launch("state-" + started.size());
    }

    static Client signedIn(ServerProcess server) {
        var client = new Client(server.url(), server.fingerprint());
        client.post("/api/auth/sign-in", Map.of("username", ADMINISTRATOR, "password", PASSWORD));
        return client;
    }

    /// `kill -9`; returns when the process is gone.
    void kill() {
        server().process().destroyForcibly();
        try {
            server().process().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Starts the first node again after it has ended.
    void restart() {
        started.removeFirst();
        launch("state");
        started.addFirst(started.removeLast());
        admin = signedIn(server());
    }

    private ServerProcess launch(String name) {
        var flags =
                List.of(
                        "--state-dir", state(name).toString(),
                        "--port", "0",
                        "--address", "127.0.0.1",
                        "--outbound-loopback", "true");
        var server = ServerProcess.start(root(), flags, environment);
        started.addLast(server);
        return server;
    }

    private Path state(String name) {
        return folder.resolve(name);
    }

    private static Path makeFolder() {
        try {
            return Files.createTempDirectory(
                    "holdfast-system",
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stored.close();
        started.forEach(ServerProcess::close);
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
