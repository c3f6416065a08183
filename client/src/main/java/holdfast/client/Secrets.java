package holdfast.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Takes passwords from files, standard input or the keyboard: never from the command line, which everybody can list.
public final class Secrets {
    private final Surroundings around;
    private boolean taken;

    public Secrets(Surroundings around) {
        this.around = around;
    }

    /// {@return the secret}
    ///
    /// @param file empty asks for it; `-` is standard input; one line break at the end does not count
    /// @throws Stopped when there is nobody to ask, or the file cannot be read
    public String read(String option, String file, String question) {
        if (file.isEmpty()) {
            if (!around.terminal().isPresent()) {
                throw Stopped.usedWrongly(
                        "%s is needed: there is no terminal to ask at".formatted(option));
            }
            return around.terminal().askSecret(question + ": ");
        }
        var text = file.equals("-") ? standardInput(option) : Files.text(file);
        return text.replaceFirst("\\r?\\n$", "");
    }

    private String standardInput(String option) {
        if (taken) {
            throw Stopped.usedWrongly(
                    "%s: standard input can give one value only".formatted(option));
        }
        taken = true;
        try {
            return new String(around.in().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
