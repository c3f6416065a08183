package holdfast.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A PostgreSQL server of this JVM on loopback, started when first asked for, gone with the JVM.
///
/// It does not outlive a killed JVM either: a shell beside it stops it when the pipe to this process closes.
/// `initdb` refuses root, so root starts it as the user `postgres`.
final class PostgresServer {
    static final String OWNER = "holdfast_owner";
    static final String SERVICE = "holdfast_service";

    private static final Path BINARIES = Path.of("/usr/lib/postgresql");
    private static final List<String> SETTINGS =
            List.of(
                    "listen_addresses=127.0.0.1",
                    "unix_socket_directories=",
                    "max_connections=200",
                    "log_min_messages=fatal");
    private static final List<String> FAST =
            List.of(
                    "fsync=off",
                    "synchronous_commit=off",
                    "full_page_writes=off",
                    "shared_buffers=32MB",
                    "max_wal_size=256MB");

    private static final AtomicInteger NEXT = new AtomicInteger();

    private final int port;
    private final Process process;

    private PostgresServer(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static boolean isInstalled() {
        return binaries().isPresent();
    }

    /// {@return the server of the tests, which loses all when the machine stops}
    static PostgresServer get() {
        requireInstalled();
        return Running.SERVER;
    }

    /// {@return another server, set up as PostgreSQL comes}
    static PostgresServer durable() {
        requireInstalled();
        return Durable.SERVER;
    }

    private static void requireInstalled() {
        if (!isInstalled()) {
            throw new IllegalStateException(
                    "PostgreSQL is not installed: install the package postgresql");
        }
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /// {@return the name of a new database that belongs to the owner}
    String create(Optional<String> template) {
        var name = "t" + NEXT.incrementAndGet();
        run(
                "CREATE DATABASE %s OWNER %s TEMPLATE %s"
                        .formatted(name, OWNER, template.orElse("template1")));
        return name;
    }

    private void run(String sql) {
        try (var connection = administrator();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection administrator() throws SQLException {
        return DriverManager.getConnection(url("postgres"), "postgres", "");
    }

    private static PostgresServer start(Path binaries, List<String> settings) {
        try {
            var data = Folders.make("postgresql");
            boolean root = Files.getOwner(data).getName().equals("root");
            if (root) {
                var users = data.getFileSystem().getUserPrincipalLookupService();
                Files.setOwner(data, users.lookupPrincipalByName("postgres"));
            }
            var made =
                    Commands.run(
                            as(
                                    root,
                                    binaries.resolve("initdb").toString(),
                                    "-D",
                                    data.toString(),
                                    "-U",
                                    "postgres",
                                    "-A",
                                    "trust",
                                    "-E",
                                    "UTF8",
                                    "--locale=C.UTF-8",
                                    "--no-sync"));
            if (made.exit() != 0) {
                throw new IllegalStateException(made.output());
            }
            int port = freePort();
            var server = new PostgresServer(port, launch(root, binaries, data, port, settings));
            server.awaitReady();
            server.run("CREATE ROLE %s LOGIN".formatted(OWNER));
            server.run("CREATE ROLE %s LOGIN".formatted(SERVICE));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(
            boolean root, Path binaries, Path data, int port, List<String> more)
            throws IOException {
        var settings = new StringBuilder();
        Stream.concat(SETTINGS.stream(), more.stream())
                .forEach(setting -> settings.append(" -c ").append(setting));
        var script =
                "%s -D %s -p %d%s >/dev/null 2>&1 & server=$!; cat >/dev/null; kill -QUIT $server; wait $server"
                        .formatted(binaries.resolve("postgres"), data, port, settings);
        return new ProcessBuilder(as(root, "sh", "-c", script))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void awaitReady() {
        Await.until(
                "PostgreSQL answers",
                () -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("PostgreSQL did not start");
                    }
                    try (var connection = administrator()) {
                        return connection.isValid(1);
                    } catch (SQLException _) {
                        return false;
                    }
                });
    }

    private static List<String> as(boolean root, String... command) {
        var all = new ArrayList<String>();
        if (root) {
            all.addAll(
                    List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        all.addAll(List.of(command));
        return all;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<Path> binaries() {
        if (!Files.isDirectory(BINARIES)) {
            return Optional.empty();
        }
        try (var versions = Files.list(BINARIES)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts the server on first use.
    private static final class Running {
        static final PostgresServer SERVER = start(binaries().orElseThrow(), FAST);
    }

    /// As [Running].
    private static final class Durable {
        static final PostgresServer SERVER = start(binaries().orElseThrow(), List.of());
    }
}
