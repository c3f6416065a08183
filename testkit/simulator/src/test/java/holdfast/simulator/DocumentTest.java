package holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/simulator.md` tells every fault, switch, role and release, and names no switch that there is not.
class DocumentTest {
    private final String text = read();

    private static String read() {
        try {
            return Files.readString(Path.of("../../docs/simulator.md"));
        } catch (java.io.IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }

    @Test
    void every_fault_and_every_switch_is_documented() {
        for (var kind : FaultKind.values()) {
            assertThat(text).contains("| `" + kind.text() + "` | " + value(kind));
        }
        for (var which : Switch.values()) {
            var settings =
                    which.settings().isEmpty()
                            ? "`" + which.initial() + "`"
                            : "`" + String.join("` · `", which.settings()) + "`";
            assertThat(text).contains("| `" + which.text() + "` | " + settings + " |");
        }
    }

    private static String value(FaultKind kind) {
        return kind.initial().isEmpty() ? " |" : "`" + kind.initial() + "` |";
    }

    @Test
    void every_role_and_every_release_is_documented() {
        for (var role : Role.values()) {
            assertThat(text).contains("`" + role.text() + "`");
        }
        for (var version : Version.values()) {
            assertThat(text).contains("`" + version.text() + "`");
        }
    }

    @Test
    void every_switch_stands_beside_the_fact_it_decides() {
        var facts = text.substring(text.indexOf("## Facts and alternatives"));
        for (var which : Switch.values()) {
            assertThat(facts).contains("`" + which.text());
        }
    }
}
