package holdfast.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobFileTest {
    @Test
    void only_the_owner_may_open_the_file(@TempDir Path folder) throws Exception {
        try (var connection = JobFile.open(folder).getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
            var mode = Files.getPosixFilePermissions(folder.resolve("jobs.db"));
            assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
        }
    }
}
