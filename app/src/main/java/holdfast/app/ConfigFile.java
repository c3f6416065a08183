package holdfast.app;

import holdfast.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A `holdfast.yaml` that is changed line by line, so that comments and order stay as a person left them.
record ConfigFile(Path path) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9./:_-]*");

    /// Sets one option, in its line or in the line that a comment keeps for it; else at the end.
    ///
    /// @throws ConfigMistakes naming what the file would say wrongly; then nothing is written
    /// @throws holdfast.kernel.Refusal INVALID when the option's value takes more than one line
    void set(Option option, String value) {
        try {
            var lines = new ArrayList<>(Files.exists(path) ? Files.readAllLines(path) : List.of());
            put(lines, option, option.key() + ": " + quoted(value));
            var draft = path.resolveSibling(path.getFileName() + ".draft");
            Files.deleteIfExists(draft);
            StateDir.create(draft);
            try {
                Files.write(draft, lines);
                check(draft, option, value);
                if (Files.exists(path)) {
                    Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(path));
                }
                Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void put(List<String> lines, Option option, String line) {
        int at = find(lines, Pattern.compile(Pattern.quote(option.key()) + "\\s*:.*"));
        if (at < 0) {
            at = find(lines, Pattern.compile("#\\s*" + Pattern.quote(option.key()) + ":.*"));
        }
        if (at < 0) {
            lines.add(line);
        } else {
            lines.set(at, line);
        }
    }

    private static int find(List<String> lines, Pattern pattern) {
        for (int i = 0; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    private void check(Path draft, Option option, String value) {
        var settings = Settings.merge(List.of("--config", draft.toString()), Map.of());
        var mistakes =
                Config.mistakes(settings).stream()
                        .map(mistake -> mistake.replace(draft.toString(), path.toString()))
                        .toList();
        if (!mistakes.isEmpty()) {
            throw new ConfigMistakes(mistakes);
        }
        if (!settings.value(option).equals(value)) {
            throw Problem.INVALID.because(
                    "%s takes more than one line in %s: change it there"
                            .formatted(option.key(), path));
        }
    }

    /// YAML 1.2 §7.3.1: what is not plain stands in double quotes, escaped as in JSON.
    private static String quoted(String value) {
        return PLAIN.matcher(value).matches()
                ? value
                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
