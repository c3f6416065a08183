package holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import holdfast.storage.StorageFailure;
import holdfast.testkit.DiskTrace.Action;
import holdfast.testkit.DiskTrace.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One run of [PairWriter] is traced; then the power goes at many places of the trace.
final class PowerCutTest {
    private static final int CUTS = Boolean.getBoolean("holdfast.long") ? 3_000 : 200;
    private static final double[] KEEP = {0, 1, 0.5, 0.9, 0.1};
    private static final long SEED = 20_260_203;

    private static final String DATABASE = "holdfast.db";
    private static final Path PLACE = Folders.make("cuts");
    private static final Map<String, byte[]> BEFORE = new TreeMap<>();
    private static final List<Operation> OPERATIONS = new ArrayList<>();

    @BeforeAll
    static void trace() throws Exception {
        assumeTrue(
                Commands.run(List.of("sh", "-c", "strace -o /dev/null true")).exit() == 0,
                "strace is not installed, or may not trace here");
        var folder = Folders.make("traced").toRealPath().resolve("state");
        open(StorageConfig.sqlite(folder)).close();
        var database = folder.resolve(DATABASE);
        BEFORE.put(DATABASE, Files.readAllBytes(database));

        var trace = Folders.make("trace").resolve("trace");
        var outcome = Commands.run(command(trace, folder));
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        OPERATIONS.addAll(DiskTrace.read(trace, folder));
        Files.delete(trace);
        assertThat(answered(Integer.MAX_VALUE)).hasSize(PairWriter.WRITES);
        var everything =
                new PowerCut(BEFORE, OPERATIONS, _ -> true)
                        .at(Integer.MAX_VALUE, 1, new Random(SEED));
        assertThat(everything.get(DATABASE))
                .as("the trace tells all that happened to the file")
                .isEqualTo(Files.readAllBytes(database));
    }

    private static List<String> command(Path trace, Path folder) {
        return List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-y",
                "-xx",
                "-s",
                "200000",
                "-e",
                DiskTrace.CALLS,
                "-o",
                trace.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PairWriter.class.getName(),
                folder.toString());
    }

    @Test
    void every_answered_write_survives_a_power_cut_and_no_write_is_there_by_halves()
            throws Exception {
        var disk = new PowerCut(BEFORE, OPERATIONS, _ -> true);
        for (int cut = 0; cut < CUTS; cut++) {
            assertThat(damage(disk, cut)).as("cut %s of %s", cut, CUTS).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DATABASE, DATABASE + "-wal", ""})
    void a_disk_that_only_claims_to_have_synced_is_found_out(String liar) throws Exception {
        var disk = new PowerCut(BEFORE, OPERATIONS, name -> !name.equals(liar));
        var damage = "";
        for (int cut = 0; cut < CUTS && damage.isEmpty(); cut++) {
            damage = damage(disk, cut);
        }
        assertThat(damage).isNotEmpty();
    }

    /// {@return what is wrong after a cut at a place that depends on its number only; empty when all is well}
    private static String damage(PowerCut disk, int cut) throws IOException {
        var chance = new Random(SEED + cut);
        int line = OPERATIONS.get(chance.nextInt(OPERATIONS.size())).begin() + 1;
        var folder = Files.createTempDirectory(PLACE, "cut-");
        try {
            for (var file : disk.at(line, KEEP[cut % KEEP.length], chance).entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
            return damage(StorageConfig.sqlite(folder), answered(line));
        } finally {
            Folders.delete(folder);
        }
    }

    private static String damage(StorageConfig config, Set<String> answered) {
        var titles = new HashSet<String>();
        try (var database = open(config)) {
            titles.addAll(database.<List<String>>read(TenantId.DEFAULT, Sample::titles));
            var sound = Owner.text(config, "PRAGMA integrity_check");
            if (!sound.equals("ok")) {
                return sound;
            }
        } catch (Refusal | StorageFailure | SQLException failure) {
            return "cannot be read: " + failure.getMessage();
        }
        var names = new TreeSet<>(answered);
        titles.forEach(title -> names.add(title.substring(0, title.indexOf(' '))));
        names.removeIf(name -> titles.contains(name + " a") && titles.contains(name + " b"));
        return names.isEmpty() ? "" : "lost, or there by halves: " + names;
    }

    private static Set<String> answered(int line) {
        var names = new HashSet<String>();
        for (var operation : OPERATIONS) {
            if (operation.begin() < line && operation.action() instanceof Action.Answer(var name)) {
                names.add(name);
            }
        }
        return names;
    }

    private static Database open(StorageConfig config) {
        return Storage.open(config, TestDatabase.PROGRAM, List.of(Sample.NOTES));
    }
}
