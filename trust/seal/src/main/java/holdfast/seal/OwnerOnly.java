package holdfast.seal;

import holdfast.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Files and directories that hold keys belong to the service alone.
final class OwnerOnly {
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private OwnerOnly() {}

    static Path parent(Path file) {
        var directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return directory;
    }

    static void createDirectory(Path directory) {
        try {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
    }

    /// Makes an empty file of mode 0600, unless it exists.
    static void createFile(Path file) {
        try {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException _) {
            requireFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + file, e);
        }
    }

    /// @throws holdfast.kernel.Refusal SEALED, naming the command that mends it
    static void requireFile(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Problem.SEALED.because(file + " must be a regular file, not a link");
        }
        require(file, "chmod 600 " + file);
    }

    /// @throws holdfast.kernel.Refusal SEALED, naming the command that mends it
    static void requireDirectory(Path directory) {
        require(directory, "chmod 700 " + directory);
    }

    private static void require(Path path, String mend) {
        try {
            var mode = Files.getPosixFilePermissions(path);
            if (!OWNERS.containsAll(mode)) {
                throw Problem.SEALED.because(
                        "%s is open to others (%s): run `%s`"
                                .formatted(path, PosixFilePermissions.toString(mode), mend));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the mode of " + path, e);
        }
    }
}
