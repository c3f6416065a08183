package holdfast.passwords;

import holdfast.kernel.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Passwords that others lost: a text file of an operator, one password a line, UTF-8.
///
/// Read anew for each question: it is asked when somebody chooses a password, and may be changed while the server runs.
public record BreachedList(Path file) {
    /// @throws holdfast.kernel.Refusal UNAVAILABLE when the file cannot be read
    boolean contains(String password) {
        var lenient =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try (var lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), lenient))) {
            return lines.lines().anyMatch(password::equals);
        } catch (IOException e) {
            throw Problem.UNAVAILABLE.because(
                    "the file of breached passwords cannot be read (%s)"
                            .formatted(e.getClass().getSimpleName()));
        }
    }
}
