package holdfast.demo;

import java.io.PrintStream;
import java.util.function.Supplier;

/// One line a step: what was done, and what was seen. The first failure ends the walk.
final class Steps {
    private final PrintStream out;
    private int done;

    Steps(PrintStream out) {
        this.out = out;
    }

    /// Runs a step whose result the next ones need.
    ///
    /// @param seen one clause about the result
    <T> T step(String what, Supplier<T> work, java.util.function.Function<T, String> seen) {
        done++;
        try {
            T result = work.get();
            out.printf("ok   %2d %s: %s%n", done, what, seen.apply(result));
            return result;
        } catch (RuntimeException failure) {
            out.printf("FAIL %2d %s: %s%n", done, what, failure.getMessage());
            throw failure;
        }
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new Client.Failed(otherwise);
        }
    }
}
