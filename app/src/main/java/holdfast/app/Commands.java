package holdfast.app;

import holdfast.kernel.Refusal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Everything but `serve`: picks the command and turns failures into one line.
@Command(
        name = "holdfast",
        description = "Keeps what an organisation must not lose.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {ConfigCommand.class, LedgerCommand.class, DoctorCommand.class})
final class Commands implements Runnable {
    @Spec CommandSpec spec;

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        Logs.quiet();
        var line = new CommandLine(new Commands());
        line.setOut(new PrintWriter(out, true, java.nio.charset.StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, java.nio.charset.StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((failure, at, _) -> {
            switch (failure) {
                case ConfigMistakes mistakes -> mistakes.mistakes().forEach(at.getErr()::println);
                case Refusal refusal ->
                        at.getErr().println(refusal.problem().title() + ": " + refusal.detail());
                default -> at.getErr().println(failure);
            }
            return failure instanceof ConfigMistakes ? 2 : 1;
        });
        return line.execute(arguments.toArray(String[]::new));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
        spec.commandLine()
                .getOut()
                .println(
                        "  serve    Starts the server; `holdfast config explain` lists its flags.");
    }
}
