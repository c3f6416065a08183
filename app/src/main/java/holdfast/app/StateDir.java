package holdfast.app;

import holdfast.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The directory nobody else may look into: 0700, files 0600. Looser modes are refused, not mended in silence.
final class StateDir {
    private static final Set<PosixFilePermission> DIRECTORY =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");

    private StateDir() {}

    /// Makes the directory, or checks the one that is there.
    ///
    /// @throws holdfast.kernel.Refusal UNAVAILABLE naming the command that mends a loose mode
    static Path open(Path directory) {
        try {
            if (!Files.exists(directory)) {
                Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
            }
            if (!DIRECTORY.equals(Files.getPosixFilePermissions(directory))) {
                throw Problem.UNAVAILABLE.because(
                        "%s can be read by others; mend it with: chmod 700 '%s'"
                                .formatted(directory, directory));
            }
            return directory;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot use " + directory, failure);
        }
    }

    static void create(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
    }
}
