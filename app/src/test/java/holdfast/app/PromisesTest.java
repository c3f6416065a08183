package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every test that a page names as the holder of a promise exists.
class PromisesTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]+Test)`");

    @Test
    void every_test_named_in_the_docs_exists() throws IOException {
        var named = new TreeSet<String>();
        for (var page :
                new String[] {"docs/promises.md", "docs/threat-model.md", "ARCHITECTURE.md"}) {
            var matcher = NAMED.matcher(Files.readString(GoldenFile.root().resolve(page)));
            while (matcher.find()) {
                named.add(matcher.group(1));
            }
        }

        assertThat(named).isNotEmpty().isSubsetOf(tests());
    }

    private static java.util.Set<String> tests() throws IOException {
        try (var files = Files.walk(GoldenFile.root())) {
            return files.filter(file -> !file.toString().contains("node_modules"))
                    .map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
