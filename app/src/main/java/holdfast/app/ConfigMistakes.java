package holdfast.app;

import java.util.List;

/// Every mistake of a configuration at once, each with the option to mend.
final class ConfigMistakes extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    ConfigMistakes(List<String> mistakes) {
        super(String.join("\n", mistakes), null, false, false);
        this.mistakes = List.copyOf(mistakes);
    }

    List<String> mistakes() {
        return mistakes;
    }
}
