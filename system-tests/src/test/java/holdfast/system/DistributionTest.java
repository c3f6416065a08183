package holdfast.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.demo.Client;
import holdfast.demo.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tarball as an operator gets it: unpacked somewhere else, started, its cache of classes really used.
class DistributionTest {
    /// Ends the program where the cache cannot be used; usually it would start without, in silence.
    private static final String INSIST = "-XX:AOTMode=on";

    @TempDir private static Path folder;
    private static Path home = Path.of("");
    private static int starts;

    @BeforeAll
    static void unpack() throws Exception {
        var root = Installation.root();
        var made = folder.resolve("made");
        run("bash", root.resolve("packaging/dist.sh").toString(), root.toString(), made.toString());
        Path tarball;
        try (var files = Files.list(made)) {
            tarball =
                    files.filter(file -> file.toString().endsWith(".tar.gz"))
                            .findFirst()
                            .orElseThrow();
        }
        var elsewhere = Files.createDirectory(folder.resolve("some where else"));
        run("tar", "-C", elsewhere.toString(), "-xzf", tarball.toString());
        home = elsewhere.resolve(tarball.getFileName().toString().replace(".tar.gz", ""));
        run("rm", "-r", made.toString());
    }

    @Test
    void the_unpacked_program_serves_and_takes_its_classes_from_the_cache() throws Exception {
        var log = folder.resolve("classes.log");
        try (var server = start(INSIST + " -Xlog:class+load:file=" + log.getFileName())) {
            var answer =
                    new Client(server.url(), server.fingerprint())
                            .call("GET", "/health/ready", Optional.empty());
            assertThat(answer.statusCode()).isEqualTo(200);
        }

        var ours =
                Files.readAllLines(log).stream()
                        .filter(line -> line.contains(" holdfast.") && line.contains("source:"))
                        .filter(line -> !line.contains("$$Lambda") && !line.contains("/0x"))
                        .toList();
        var cached = ours.stream().filter(line -> line.contains("shared objects file")).count();
        System.out.printf("%d of %d classes of ours came from the cache%n", cached, ours.size());
        assertThat(ours).hasSizeGreaterThan(200);
        assertThat(cached).isGreaterThan(ours.size() * 95L / 100);
    }

    @Test
    void a_heap_of_another_layout_would_turn_the_cache_off_and_is_noticed() {
        assertThatThrownBy(() -> start(INSIST + " -XX:-UseCompactObjectHeaders").close())
                .hasMessageContaining("AOT cache");
    }

    @Test
    void a_cache_cut_in_the_middle_is_noticed_and_the_program_starts_without_it() throws Exception {
        var cache = home.resolve("lib/holdfast.aot");
        var whole = Files.readAllBytes(cache);
        try {
            Files.write(cache, Arrays.copyOf(whole, whole.length / 2));
            assertThatThrownBy(() -> start(INSIST).close()).hasMessageContaining("AOT cache");
            try (var server = start("")) {
                assertThat(server.said("ready")).isPresent();
            }
        } finally {
            Files.write(cache, whole);
        }
    }

    @Test
    void nobody_but_its_owner_may_change_the_program() throws Exception {
        try (var files = Files.walk(home)) {
            assertThat(files.filter(file -> !Files.isSymbolicLink(file)).toList())
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file).toString())
                                    .doesNotContain("GROUP_WRITE", "OTHERS_WRITE"));
        }
    }

    /// @param extra flags of the runtime, separated by spaces; relative files lie in `folder`
    private static ServerProcess start(String extra) {
        var state = folder.resolve("state-" + starts++);
        var words = extra.replace(":file=", ":file=" + folder + "/");
        return ServerProcess.start(
                List.of(home.resolve("bin/holdfast").toString()),
                List.of("--state-dir", state.toString(), "--port", "0", "--address", "127.0.0.1"),
                Map.of("JAVA_EXTRA", words, "HOLDFAST_DATABASE_URL", ""));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
