package holdfast.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import holdfast.demo.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who else on the machine may look: nobody; the server says so instead of mending it in silence.
class LooseModesTest {
    private static final Pattern COMMAND = Pattern.compile("chmod [67]00 ('[^']+'|[^' `]+)");

    @TempDir Path folder;

    @Test
    void the_state_belongs_to_its_owner_alone_and_looser_modes_are_refused_with_their_cure()
            throws Exception {
        var state = folder.resolve("state");
        start(state).close();

        assertThat(mode(state)).isEqualTo("rwx------");
        assertThat(mode(state.resolve("master.key"))).isEqualTo("rw-------");
        assertThat(readableByOthers(state)).isEmpty();
        for (var loose :
                Map.of(
                                state,
                                "rwxr-x---",
                                state.resolve("master.key"),
                                "rw-r--r--",
                                state.resolve("tls"),
                                "rwxr-xr-x")
                        .entrySet()) {
            assertThatItIsRefusedUntilMended(state, loose.getKey(), loose.getValue());
        }
        start(state).close();
    }

    private void assertThatItIsRefusedUntilMended(Path state, Path path, String looser)
            throws Exception {
        var right = mode(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(looser));

        var refusal = catchThrowable(() -> start(state).close());

        assertThat(refusal).as("%s is %s", path, looser).hasMessageContaining(path.toString());
        assertThat(mode(path)).as("nothing is mended in silence").isEqualTo(looser);
        var cure = COMMAND.matcher(refusal.getMessage());
        assertThat(cure.find()).as(refusal.getMessage()).isTrue();
        assertThat(new ProcessBuilder("sh", "-c", cure.group()).start().waitFor()).isZero();
        assertThat(mode(path)).isEqualTo(right);
    }

    private static ServerProcess start(Path state) {
        return ServerProcess.start(
                Installation.root(),
                List.of("--state-dir", state.toString(), "--port", "0", "--address", "127.0.0.1"),
                Map.of("HOLDFAST_DATABASE_URL", ""));
    }

    private static List<Path> readableByOthers(Path state) throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(state.resolve("log")))
                    .filter(file -> !mode(file).endsWith("------"))
                    .toList();
        }
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
