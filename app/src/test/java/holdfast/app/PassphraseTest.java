package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A passphrase has 12 to 128 characters, in whatever script.
class PassphraseTest {
    @TempDir static Path folder;

    @Test
    void its_characters_are_counted_and_not_its_bytes() throws Exception {
        try (var server = LiveServer.start(folder)) {
            var admin = server.setUp();

            for (var path :
                    new String[] {
                        "/api/environments/" + UUID.randomUUID() + "/export/keepass",
                        "/api/environments/" + UUID.randomUUID() + "/export/break-glass",
                        "/api/environments/export"
                    }) {
                assertThat(refused(admin, path, "é".repeat(11))).as(path).isTrue();
                assertThat(refused(admin, path, "é".repeat(12))).as(path).isFalse();
                assertThat(refused(admin, path, "€".repeat(128))).as(path).isFalse();
                assertThat(refused(admin, path, "a".repeat(129))).as(path).isTrue();
            }
        }
    }

    private static boolean refused(Person admin, String path, String passphrase) throws Exception {
        var body = Map.of("format", "json", "passphrase", passphrase);
        var wanted = path.contains("/export/") ? Map.of("passphrase", passphrase) : body;
        return admin.post(path, wanted).text().contains("/passphrase");
    }
}
