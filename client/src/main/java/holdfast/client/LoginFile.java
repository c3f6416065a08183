package holdfast.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Keeps one [Login] in a file that only its owner may read: `~/.config/holdfast/login.json`.
///
/// `HOLDFAST_URL`, `HOLDFAST_TOKEN` and `HOLDFAST_FINGERPRINT` take its place; a stored token never goes to another URL.
final class LoginFile {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY =
            PosixFilePermissions.fromString("rwx------");

    private final Surroundings around;
    private final Path file;

    LoginFile(Surroundings around) {
        this.around = around;
        var configured = around.variable("XDG_CONFIG_HOME");
        var base = configured.isEmpty() ? around.home().resolve(".config") : Path.of(configured);
        this.file = base.resolve("holdfast").resolve("login.json");
    }

    Path path() {
        return file;
    }

    /// @throws Stopped naming what to do when nobody is signed in
    Login current() {
        var url = around.variable("HOLDFAST_URL");
        var token = token();
        if (!token.isEmpty()) {
            if (url.isEmpty()) {
                throw Stopped.usedWrongly("HOLDFAST_TOKEN needs HOLDFAST_URL beside it");
            }
            return Login.of(url, around.variable("HOLDFAST_FINGERPRINT"), token);
        }
        var stored =
                stored().orElseThrow(() ->
                        Stopped.refused(
                                "nobody is signed in: run `holdfast login URL`, or set HOLDFAST_URL"
                                        + " and HOLDFAST_TOKEN"));
        if (!url.isEmpty() && !Login.of(url, "", "").url().equals(stored.url())) {
            throw Stopped.refused(
                    "HOLDFAST_URL names another server than the one signed in to, %s: run `holdfast login %s`"
                            .formatted(stored.url(), url));
        }
        return stored;
    }

    private String token() {
        var path = around.variable("HOLDFAST_TOKEN_FILE");
        try {
            return path.isEmpty()
                    ? around.variable("HOLDFAST_TOKEN")
                    : Files.readString(Path.of(path)).strip();
        } catch (IOException _) {
            throw Stopped.usedWrongly(
                    "HOLDFAST_TOKEN_FILE: the file '%s' cannot be read".formatted(path));
        }
    }

    Optional<Login> stored() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (!FILE.equals(Files.getPosixFilePermissions(file))) {
                throw Stopped.refused(
                        "%s can be read by others; mend it with: chmod 600 '%s'"
                                .formatted(file, file));
            }
            var login = JSON.readTree(Files.readString(file));
            return Optional.of(
                    new Login(
                            URI.create(login.path("url").asString("")),
                            Optional.of(login.path("fingerprint").asString(""))
                                    .filter(text -> !text.isEmpty()),
                            login.path("token").asString(""),
                            login.path("tokenId").asString("")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (JacksonException | IllegalArgumentException _) {
            throw Stopped.refused("%s is damaged: run `holdfast login URL` again".formatted(file));
        }
    }

    /// Replaces what is stored in one step.
    void store(Login login) {
        var members =
                Map.of(
                        "url", login.url().toString(),
                        "fingerprint", login.fingerprint().orElse(""),
                        "token", login.token(),
                        "tokenId", login.tokenId());
        try {
            var folder = folder();
            var draft =
                    Files.createTempFile(
                            folder, "login", ".draft", PosixFilePermissions.asFileAttribute(FILE));
            Files.writeString(draft, JSON.writeValueAsString(members));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path folder() throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no place for " + file);
        }
        return Files.exists(folder)
                ? folder
                : Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(DIRECTORY));
    }

    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
