package holdfast.app;

import holdfast.client.Terminal;
import java.util.Deque;

/// A person who types these lines.
record Script(Deque<String> lines) implements Terminal {
    @Override
    public boolean isPresent() {
        return !lines.isEmpty();
    }

    @Override
    public String ask(String question) {
        return lines.remove();
    }

    @Override
    public String askSecret(String question) {
        return lines.remove();
    }
}
