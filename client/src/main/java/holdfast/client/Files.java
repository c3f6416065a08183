package holdfast.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Set;
import tools.jackson.core.JacksonException;

/// Files that a person names on the command line.
final class Files {
    private Files() {}

    static String text(String file) {
        try {
            return java.nio.file.Files.readString(Path.of(file));
        } catch (IOException _) {
            throw Stopped.usedWrongly("the file '%s' cannot be read".formatted(file));
        }
    }

    static Object json(String file) {
        try {
            return Api.JSON.readTree(text(file));
        } catch (JacksonException _) { // whose message would quote the file
            throw Stopped.usedWrongly("the file '%s' is no JSON".formatted(file));
        }
    }

    static Object base64(String file) {
        try {
            return Base64.getEncoder()
                    .encodeToString(java.nio.file.Files.readAllBytes(Path.of(file)));
        } catch (IOException _) {
            throw Stopped.usedWrongly("the file '%s' cannot be read".formatted(file));
        }
    }

    /// {@return a new file that only its owner may read; one that is there is never overwritten}
    static OutputStream create(Path file) {
        try {
            return Channels.newOutputStream(
                    FileChannel.open(
                            file,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))));
        } catch (FileAlreadyExistsException _) {
            throw Stopped.refused("%s exists already; nothing was written".formatted(file));
        } catch (IOException _) {
            throw Stopped.refused("%s cannot be written".formatted(file));
        }
    }

    static void delete(Path file) {
        try {
            java.nio.file.Files.deleteIfExists(file);
        } catch (IOException _) {
            throw Stopped.refused("%s is incomplete and cannot be deleted".formatted(file));
        }
    }
}
