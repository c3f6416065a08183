package holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import holdfast.storage.WriterMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SqliteTest {
    private static final TenantId OURS = TenantId.DEFAULT;

    @Test
    void only_the_owner_may_enter_the_directory_or_open_a_file() throws Exception {
        var folder = Folders.make("modes").resolve("state");
        try (var database = open(folder)) {
            database.write(OURS, tx -> Sample.insert(tx, OURS, new UUID(1, 1), "x"));

            assertThat(mode(folder)).isEqualTo("rwx------");
            assertThat(modes(folder))
                    .containsOnlyKeys(
                            "holdfast.db", "holdfast.db-wal", "holdfast.db-shm", "holdfast.db.lock")
                    .allSatisfy((_, mode) -> assertThat(mode).isEqualTo("rw-------"));
        }
    }

    @Test
    void a_strange_directory_that_others_may_enter_is_refused_and_left_as_it_is() throws Exception {
        var folder = Folders.make("strange");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("somebody-elses"), "x");

        assertThatThrownBy(() -> open(folder)).hasMessageContaining("chmod 700");
        assertThat(mode(folder)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void a_second_node_is_refused_and_told_why() {
        var folder = Folders.make("node").resolve("state");
        try (var first = open(folder)) {
            assertThatThrownBy(() -> open(folder))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("SQLite serves one node")
                    .hasMessageContaining("PostgreSQL");
            assertThat(first.engine()).isEqualTo(Database.Engine.SQLITE);
        }
        open(folder).close();
    }

    @Test
    void what_the_writer_remembers_goes_with_every_rollback_and_readers_remember_nothing() {
        try (var database = open(Folders.make("memory").resolve("state"))) {
            database.write(OURS, tx -> remembered(tx).orElseThrow().put("title", "old"));
            assertThat(
                            database.<@Nullable String>write(
                                    OURS, tx -> remembered(tx).orElseThrow().get("title")))
                    .isEqualTo("old");
            assertThat(database.<Boolean>read(OURS, tx -> remembered(tx).isPresent())).isFalse();

            assertThatThrownBy(() ->
                            database.write(
                                    OURS,
                                    tx -> {
                                        remembered(tx).orElseThrow().put("title", "new");
                                        throw new IllegalStateException("taken back");
                                    }))
                    .hasMessage("taken back");
            assertThat(
                            database.<Map<String, String>>write(
                                    OURS, tx -> remembered(tx).orElseThrow()))
                    .isEmpty();
        }
    }

    @Test
    void the_writer_remembers_what_was_used_lately_and_no_more() {
        try (var database = open(Folders.make("lately").resolve("state"))) {
            var kept =
                    database.<List<String>>write(
                            OURS,
                            tx -> {
                                var memory = remembered(tx).orElseThrow();
                                memory.put("a", "1");
                                memory.put("b", "2");
                                memory.get("a");
                                memory.put("c", "3");
                                return List.copyOf(memory.keySet());
                            });
            assertThat(kept).containsExactly("a", "c");
        }
    }

    private static Optional<Map<String, String>> remembered(Handle tx) {
        return WriterMemory.of(tx, SqliteTest.class, 2);
    }

    @Test
    void the_file_is_copied_before_it_is_migrated() throws Exception {
        var folder = Folders.make("copy").resolve("state");
        try (var database = open(folder)) {
            database.write(OURS, tx -> Sample.insert(tx, OURS, new UUID(1, 1), "before"));
        }
        var config = StorageConfig.sqlite(folder);
        Storage.open(config, TestDatabase.PROGRAM, List.of(Sample.NOTES, Sample.COUNTERS)).close();

        var copy = "holdfast.db.before-migration-1";
        assertThat(modes(folder)).containsEntry(copy, "rw-------");
        var copied = new StorageConfig.Sqlite(folder, copy, false);
        assertThat(Owner.text(copied, "SELECT title FROM sample_note")).isEqualTo("before");
    }

    @Test
    void a_copy_that_was_cut_short_is_made_again_and_the_newest_three_are_kept() throws Exception {
        var folder = Folders.make("copies").resolve("state");
        open(folder).close();
        Files.writeString(folder.resolve("holdfast.db.before-migration-1.part"), "half");
        for (int old = 7; old < 11; old++) {
            var copy = Files.createFile(folder.resolve("holdfast.db.before-migration-" + old));
            Files.setLastModifiedTime(copy, FileTime.fromMillis(old * 1_000L));
        }

        Storage.open(
                        StorageConfig.sqlite(folder),
                        TestDatabase.PROGRAM,
                        List.of(Sample.NOTES, Sample.COUNTERS))
                .close();

        assertThat(modes(folder).keySet())
                .filteredOn(name -> name.contains(".before-"))
                .containsExactly(
                        "holdfast.db.before-migration-1",
                        "holdfast.db.before-migration-10",
                        "holdfast.db.before-migration-9");
        var copied = new StorageConfig.Sqlite(folder, "holdfast.db.before-migration-1", false);
        assertThat(Owner.text(copied, "SELECT count(*) FROM sample_note")).isEqualTo("0");
    }

    @Test
    void what_waits_together_is_committed_together() {
        try (var database = open(Folders.make("group").resolve("state"))) {
            var entered = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            var first = inBackground(() -> database.write(OURS, _ -> block(entered, go)));
            Await.until("the writer is busy", () -> entered.getCount() == 0);
            var rest = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                rest.add(
                        inBackground(() ->
                                database.write(
                                        OURS,
                                        tx ->
                                                Sample.insert(
                                                        tx,
                                                        OURS,
                                                        new UUID(2, number),
                                                        "n" + number))));
            }
            Await.until("all wait", () -> database.figures().waiting() == 50);
            go.countDown();
            first.join();
            rest.forEach(CompletableFuture::join);

            assertThat(database.figures().groups()).isLessThanOrEqualTo(3);
            assertThat(database.figures().largestGroup()).isGreaterThanOrEqualTo(25);
        }
    }

    @Test
    void a_long_log_is_copied_into_the_file_beside_the_writes() {
        var folder = Folders.make("log").resolve("state");
        try (var database = open(folder)) {
            database.write(OURS, tx -> insertMuch(tx, "long", 8 * 1024 * 1024 / 50));

            var file = folder.resolve("holdfast.db").toFile();
            Await.until("the file has it all", () -> file.length() > 8 * 1024 * 1024);
        }
    }

    @Test
    void a_full_disk_refuses_writes_and_serves_again_when_there_is_room() throws Exception {
        try (var disk = Disk.ofKibibytes(2048);
                var database = open(disk.folder().resolve("state"))) {
            database.write(OURS, tx -> Sample.insert(tx, OURS, new UUID(1, 1), "before"));
            var ballast = disk.fill();

            assertThatThrownBy(() -> database.write(OURS, tx -> insertMuch(tx, "refused")))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal ->
                                    assertThat(refusal.problem()).isEqualTo(Problem.STORAGE_FULL));
            assertThat(database.<List<String>>read(OURS, Sample::titles)).containsExactly("before");

            Files.delete(ballast);
            database.write(OURS, tx -> insertMuch(tx, "stored"));
            assertThat(database.<List<String>>read(OURS, Sample::titles)).hasSize(51);
        }
    }

    @Test
    void every_answered_write_survives_a_kill() throws Exception {
        var folder = Folders.make("kill").resolve("state");
        var process = Child.start(folder);
        var answered = new ArrayList<String>();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            while (answered.size() < 200) {
                var line = lines.readLine();
                assertThat(line).as("the child writes").isNotNull();
                answered.add(line);
            }
            process.toHandle().destroyForcibly(); // kill -9; the pipe stays readable
            lines.lines().filter(line -> line.endsWith(".")).forEach(answered::add);
        }

        try (var database = open(folder)) {
            assertThat(database.<List<String>>read(OURS, Sample::titles)).containsAll(answered);
        }
    }

    private static Database open(Path folder) {
        return Storage.open(
                StorageConfig.sqlite(folder), TestDatabase.PROGRAM, List.of(Sample.NOTES));
    }

    private static int insertMuch(Handle tx, String prefix) {
        return insertMuch(tx, prefix, 8_000);
    }

    private static int insertMuch(Handle tx, String prefix, int length) {
        for (int i = 0; i < 50; i++) {
            Sample.insert(tx, OURS, new UUID(3, i), prefix + i + "x".repeat(length));
        }
        return 50;
    }

    private static boolean block(CountDownLatch entered, CountDownLatch go) {
        entered.countDown();
        try {
            go.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletableFuture<Void> inBackground(Runnable work) {
        var done = new CompletableFuture<Void>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                });
        return done;
    }

    private static Map<String, String> modes(Path folder) throws IOException {
        var modes = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                modes.put(file.getFileName().toString(), mode(file));
            }
        }
        return modes;
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
