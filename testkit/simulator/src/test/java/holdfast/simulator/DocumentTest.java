package holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/simulator.md` tells every fault and every switch.
class DocumentTest {
    @Test
    void every_fault_and_every_switch_is_documented() throws Exception {
        var text = Files.readString(Path.of("../../docs/simulator.md"));
        for (var kind : FaultKind.values()) {
            assertThat(text).contains("| `" + kind.text() + "` |");
        }
        for (var which : Switch.values()) {
            assertThat(text).contains("| `" + which.text() + "` | `" + which.initial() + "`");
        }
    }
}
