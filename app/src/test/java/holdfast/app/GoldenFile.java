package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares a page of the repository with what the code says. `-Dgolden.write=true` rewrites the page instead.
final class GoldenFile {
    private GoldenFile() {}

    static Path root() {
        return Path.of(System.getProperty("holdfast.root", "..")).toAbsolutePath();
    }

    static void check(String page, String expected) throws IOException {
        var file = root().resolve(page);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file))
                .describedAs(
                        "%s differs from the code: run the test with -Dgolden.write=true", page)
                .isEqualTo(expected);
    }
}
