package holdfast.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// A small disk of its own, to fill: a mounted tmpfs. Needs root; without it the test is skipped.
public final class Disk implements AutoCloseable {
    private final Path folder;

    private Disk(Path folder) {
        this.folder = folder;
    }

    public static Disk ofKibibytes(int size) {
        var folder = Folders.make("disk");
        var mount =
                List.of(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=" + size + "k",
                        "tmpfs",
                        folder.toString());
        Assumptions.assumeTrue(
                Commands.run(mount).exit() == 0, "a small disk can be mounted by root only");
        return new Disk(folder);
    }

    public Path folder() {
        return folder;
    }

    /// Takes all room that is left.
    ///
    /// @return deleting this file gives it back
    public Path fill() throws IOException {
        var file = folder.resolve("ballast");
        try (var out = Files.newOutputStream(file)) {
            var block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException _) {
            return file; // full, as wanted
        }
    }

    @Override
    public void close() {
        Commands.run(List.of("umount", "-l", folder.toString()));
        Folders.delete(folder);
    }
}
