package holdfast.testkit;

import holdfast.storage.Schema;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A state directory of one test.
///
/// @param folder made when the database is opened first
record SqlitePlace(Path folder) implements TestDatabase.Place {
    private static final Map<List<Schema>, Path> MIGRATED = new ConcurrentHashMap<>();

    @Override
    public StorageConfig config() {
        return StorageConfig.sqlite(folder);
    }

    @Override
    public void prefill(List<Schema> schemas) {
        if (Files.exists(folder)) {
            return;
        }
        var template = MIGRATED.computeIfAbsent(schemas, SqlitePlace::migrated);
        try {
            Files.createDirectory(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            Files.copy(template, folder.resolve("holdfast.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path migrated(List<Schema> schemas) {
        var template = Folders.make("sqlite").resolve("template");
        Storage.open(StorageConfig.sqlite(template), TestDatabase.PROGRAM, schemas).close();
        return template.resolve("holdfast.db");
    }
}
