package holdfast.app;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/// `holdfast`: the server and its command line, one program.
public final class Main {
    private Main() {}

    /// Exit codes: 0 done · 1 refused or failed · 2 used wrongly.
    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        var command = arguments.isEmpty() ? "help" : arguments.getFirst();
        var rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        try {
            // serve stands apart: the parser of the command line costs time that a start should not
            // pay
            return command.equals("serve") && !rest.contains("--help")
                    ? Serve.run(rest, out, err)
                    : Commands.run(arguments, out, err);
        } catch (ConfigMistakes mistakes) {
            mistakes.mistakes().forEach(err::println);
            return 2;
        }
    }
}
