package holdfast.system;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.demo.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The main job, with the built program as a process, on both databases.
class DemoCheckTest {
    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void the_main_job_works_without_a_person(String database) {
        var said = new ByteArrayOutputStream();
        var root = System.getProperty("holdfast.root", "..");

        int exit =
                Main.run(
                        List.of("--check", "--root", root, "--database", database),
                        new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("passed:")
                .doesNotContain("FAIL");
        assertThat(exit).isZero();
    }
}
