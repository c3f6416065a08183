package holdfast.app;

import holdfast.client.Terminal;
import java.io.Console;
import java.util.Arrays;
import java.util.Optional;

/// The terminal this program was started from.
final class Keyboard implements Terminal {
    private final Optional<Console> console =
            Optional.ofNullable(System.console()).filter(Console::isTerminal);

    @Override
    public boolean isPresent() {
        return console.isPresent();
    }

    @Override
    public String ask(String question) {
        var line = console.orElseThrow().readLine("%s", question);
        return line == null ? "" : line.strip();
    }

    @Override
    public String askSecret(String question) {
        var typed = console.orElseThrow().readPassword("%s", question);
        if (typed == null) {
            return "";
        }
        try {
            return new String(typed);
        } finally {
            Arrays.fill(typed, ' ');
        }
    }
}
