package holdfast.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/// Looks for values in everything the server wrote: plain, JSON-escaped, base64, hex and UTF-16.
final class Traces {
    private static final int TELLING = 10; // characters; shorter values occur by chance

    private Traces() {}

    /// {@return how many files were searched}
    ///
    /// @throws Client.Failed naming the files that hold a value, never the value
    static int search(Path folder, Collection<String> values) {
        var forms =
                values.stream()
                        .filter(value -> value.length() >= TELLING)
                        .flatMap(value -> forms(value).stream())
                        .distinct()
                        .toList();
        var found = new TreeSet<String>();
        int searched = 0;
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var content = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (forms.stream().anyMatch(content::contains)) {
                    found.add(folder.relativize(file).toString());
                }
                searched++;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Steps.require(!forms.isEmpty() && searched > 0, "there was nothing to search");
        Steps.require(found.isEmpty(), "values stand in " + found);
        return searched;
    }

    private static List<String> forms(String value) {
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        return List.of(
                latin(utf8),
                latin(
                        value.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder().withoutPadding().encodeToString(utf8),
                HexFormat.of().formatHex(utf8),
                latin(value.getBytes(StandardCharsets.UTF_16LE)),
                latin(value.getBytes(StandardCharsets.UTF_16BE)));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
