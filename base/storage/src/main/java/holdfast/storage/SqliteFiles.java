package holdfast.storage;

import holdfast.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;

/// The directory of a SQLite database: its modes, and the lock that lets one node in.
///
/// SQLite gives `-wal` and `-shm` the mode of the database file, so that one is made first.
final class SqliteFiles implements AutoCloseable {
    private static final Set<PosixFilePermission> DIRECTORY =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");

    private static final String BEFORE = ".before-";
    private static final int COPIES = 3;

    private final Path database;
    private final FileChannel lock;

    private SqliteFiles(Path database, FileChannel lock) {
        this.database = database;
        this.lock = lock;
    }

    /// @throws holdfast.kernel.Refusal UNAVAILABLE when another node holds the directory, or others may enter it
    static SqliteFiles claim(StorageConfig.Sqlite config) {
        try {
            var directory = config.directory();
            var database = directory.resolve(config.file());
            prepare(directory, database);
            var lock = lock(directory.resolve(config.file() + ".lock"));
            privately(database);
            return new SqliteFiles(database, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + config.directory(), e);
        }
    }

    Path database() {
        return database;
    }

    boolean isNew() throws IOException {
        return Files.size(database) == 0;
    }

    /// {@return where the copy from before a migration of this kind lies}
    Path copy(String kind) {
        return database.resolveSibling(database.getFileName() + BEFORE + kind);
    }

    /// {@return an empty file that becomes the copy by [#keep]; what an earlier start left half done is gone}
    Path unfinished(Path copy) throws IOException {
        var part = copy.resolveSibling(copy.getFileName() + ".part");
        Files.deleteIfExists(part);
        privately(part);
        return part;
    }

    /// Makes the unfinished copy the copy, durably.
    void keep(Path unfinished, Path copy) throws IOException {
        try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Deletes all copies from before migrations but the newest three.
    void thinCopies() throws IOException {
        try (var files = Files.list(database.resolveSibling(""))) {
            var copies =
                    files.filter(file ->
                                    file.getFileName()
                                            .toString()
                                            .startsWith(database.getFileName() + BEFORE))
                            .sorted(Comparator.comparing(SqliteFiles::made).reversed())
                            .skip(COPIES)
                            .toList();
            for (var copy : copies) {
                Files.delete(copy);
            }
        }
    }

    private static FileTime made(Path copy) {
        try {
            return Files.getLastModifiedTime(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void prepare(Path directory, Path database) throws IOException {
        if (!Files.exists(directory)) {
            var parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
            return;
        }
        var modes = Files.getPosixFilePermissions(directory);
        if (DIRECTORY.containsAll(modes)) {
            return;
        }
        if (!Files.exists(database) && !isEmpty(directory)) {
            throw Problem.UNAVAILABLE.because(
                    "others may enter %s (%s): chmod 700 it, or name a directory of Holdfast's own"
                            .formatted(directory, PosixFilePermissions.toString(modes)));
        }
        Files.setPosixFilePermissions(directory, DIRECTORY);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static void privately(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(file, FILE);
        } else {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        privately(file);
        var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // this very process holds it: the same refusal
        }
        channel.close();
        throw Problem.UNAVAILABLE.because(
                "another node uses %s: SQLite serves one node; more than one share PostgreSQL"
                        .formatted(file.resolveSibling("")));
    }
}
