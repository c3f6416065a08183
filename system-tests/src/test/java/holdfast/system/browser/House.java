package holdfast.system.browser;

import holdfast.demo.Client;
import holdfast.demo.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A server of the built program with an empty state directory of its own.
final class House implements AutoCloseable {
    private final Path state;
    private final ServerProcess server;

    private House(Path state, ServerProcess server) {
        this.state = state;
        this.server = server;
    }

    static Path root() {
        return Path.of(System.getProperty("holdfast.root", "..")).toAbsolutePath().normalize();
    }

    static House open() {
        try {
            var state =
                    Files.createTempDirectory(
                            "holdfast-browser",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------")));
            var flags =
                    List.of(
                            "--state-dir", state.toString(),
                            "--port", "0",
                            "--address", "127.0.0.1",
                            "--outbound-loopback", "true");
            return new House(state, ServerProcess.start(root(), flags, Map.of()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    ServerProcess server() {
        return server;
    }

    private Client client() {
        return new Client(server.url(), server.fingerprint());
    }

    Client withToken(String token) {
        return client().withToken(token);
    }

    Client firstRun(String user, String password) {
        var code = server.setupCode().orElseThrow();
        client().post("/api/setup", Map.of("code", code, "username", user, "password", password));
        return signIn(user, password);
    }

    Client signIn(String user, String password) {
        var client = client();
        client.post("/api/auth/sign-in", Map.of("username", user, "password", password));
        return client;
    }

    /// A user named like the role in lower case, whose password is no longer the administrator's choice.
    void user(Client admin, String role, String password) {
        var name = role.toLowerCase(java.util.Locale.ROOT);
        var first = "first-" + password;
        admin.post(
                "/api/users",
                Map.of(
                        "username",
                        name,
                        "password",
                        first,
                        "role",
                        role,
                        "fullName",
                        fullName(name)));
        signIn(name, first)
                .post(
                        "/api/me/password",
                        Map.of("currentPassword", first, "newPassword", password));
    }

    private static String fullName(String name) {
        return switch (name) {
            case "operator" -> "Olivia Ortega";
            case "user" -> "Uwe Ullmann";
            case "read_only" -> "Rana Reddy";
            default -> "Ada Audley";
        };
    }

    @Override
    public void close() {
        server.close();
        try (var files = Files.walk(state)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
