package holdfast.testkit;

import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// A program whose every write is two rows, named after it was answered by one line in one call of the system.
///
/// It opens the database twice, and copies the log into the file now and then, as the storage does when the log is long.
final class PairWriter {
    static final int WRITES = 400;

    private static final int OPENINGS = 2;
    private static final int ROUNDS = 4;
    private static final int THREADS = 10;
    private static final int EACH = WRITES / OPENINGS / ROUNDS / THREADS;

    private final StorageConfig config;
    private final FileOutputStream answers = new FileOutputStream(FileDescriptor.out);

    private PairWriter(StorageConfig config) {
        this.config = config;
    }

    public static void main(String[] arguments) throws Exception {
        var program = new PairWriter(StorageConfig.sqlite(Path.of(arguments[0])));
        for (int opening = 0; opening < OPENINGS; opening++) {
            program.rounds(opening * ROUNDS * THREADS);
        }
    }

    private void rounds(int first) throws Exception {
        try (var database = Storage.open(config, TestDatabase.PROGRAM, List.of(Sample.NOTES));
                var threads = Executors.newFixedThreadPool(THREADS)) {
            for (int round = 0; round < ROUNDS; round++) {
                int from = first + round * THREADS;
                var work =
                        IntStream.range(from, from + THREADS)
                                .<Callable<Void>>mapToObj(number -> () -> write(database, number))
                                .toList();
                for (var done : threads.invokeAll(work)) {
                    done.get();
                }
                copyLog(); // all of it: the next round writes over it from its start
            }
        }
    }

    private void copyLog() throws SQLException {
        Owner.execute(config, "PRAGMA wal_checkpoint(PASSIVE)");
    }

    private Void write(Database database, int writer) throws IOException, SQLException {
        for (int i = 1; i <= EACH; i++) {
            var name = writer + "/" + i;
            var first = new UUID(writer, 2L * i);
            var second = new UUID(writer, 2L * i + 1);
            database.write(
                    TenantId.DEFAULT,
                    tx ->
                            Sample.insert(tx, TenantId.DEFAULT, first, name + " a")
                                    + Sample.insert(tx, TenantId.DEFAULT, second, name + " b"));
            answers.write((DiskTrace.ANSWER + name + "\n").getBytes(StandardCharsets.US_ASCII));
            if (writer % THREADS == 0 && i == EACH / 2) {
                copyLog(); // while others write
            }
        }
        return null;
    }
}
