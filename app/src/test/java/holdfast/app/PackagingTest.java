package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the packaging promises.
class PackagingTest {
    @TempDir Path folder;

    @Test
    void the_unit_is_valid_and_narrow() throws IOException, InterruptedException {
        var unit =
                Files.readString(GoldenFile.root().resolve("packaging/systemd/holdfast.service"));
        // the program is not installed here: a program that is stands in for it
        var copy = folder.resolve("holdfast.service");
        Files.writeString(copy, unit.replace("/opt/holdfast/bin/holdfast", "/bin/true"));

        var verify =
                new ProcessBuilder("systemd-analyze", "verify", "--man=no", copy.toString())
                        .redirectErrorStream(true)
                        .start();
        var said =
                new String(
                        verify.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);

        assertThat(said.lines().filter(line -> line.contains("holdfast.service"))).isEmpty();
        assertThat(verify.waitFor()).isZero();
        assertThat(unit)
                .contains(
                        "NoNewPrivileges=true",
                        "AmbientCapabilities=CAP_NET_BIND_SERVICE",
                        "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
                        "ProtectSystem=strict",
                        "Type=notify",
                        "WatchdogSec=")
                .doesNotContain("MemoryDenyWriteExecute=");
    }
}
