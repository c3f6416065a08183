package holdfast.app;

import holdfast.client.ClientCommands;
import holdfast.client.Stopped;
import holdfast.client.Surroundings;
import holdfast.kernel.Refusal;
import holdfast.process.Logs;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Everything but `serve`: picks the command and turns failures into one sentence.
@Command(
        name = "holdfast",
        description = "Keeps what an organisation must not lose.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {HelpCommand.class})
final class Commands implements Runnable {
    private static final int WIDTH = 100; // columns of the help, whatever the terminal

    @Spec CommandSpec spec;

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        Logs.quiet();
        var home = Path.of(System.getProperty("user.home"));
        var around = new Surroundings(System.getenv(), home, new Keyboard(), System.in, out);
        var line = line(around);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        return line.execute(arguments.toArray(String[]::new));
    }

    /// {@return every command, as the help and the completion list them}
    static CommandLine line(Surroundings around) {
        var line = new CommandLine(new Commands());
        line.addSubcommand("serve", new CommandLine(serve()));
        line.addSubcommand(new ConfigCommand());
        line.addSubcommand(new DoctorCommand());
        var ledger = new CommandLine(new LedgerCommand());
        line.addSubcommand(ledger);
        line.addSubcommand(new RecoverAdminCommand(around));
        for (var onState :
                List.of(
                        below(ledger, "verify"),
                        below(line, "recover-admin"),
                        below(line, "doctor"))) {
            ServeFlags.addTo(onState, false);
        }
        ClientCommands.addTo(line, around);
        line.addSubcommand(new Completion());
        addHelp(line);
        line.setUsageHelpWidth(WIDTH);
        line.setUsageHelpAutoWidth(false);
        line.setParameterExceptionHandler(Commands::usedWrongly);
        line.setExecutionExceptionHandler((failure, at, _) -> {
            sentences(failure).forEach(at.getErr()::println);
            return failure instanceof Stopped stopped
                    ? stopped.exit()
                    : failure instanceof ConfigMistakes ? 2 : 1;
        });
        return line;
    }

    private static CommandSpec below(CommandLine line, String name) {
        return Objects.requireNonNull(line.getSubcommands().get(name)).getCommandSpec();
    }

    /// Every command has its `--help`.
    private static void addHelp(CommandLine line) {
        var spec = line.getCommandSpec();
        if (spec.findOption("--help") == null) {
            spec.addOption(
                    OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Shows this.")
                            .build());
        }
        line.getSubcommands().values().forEach(Commands::addHelp);
    }

    /// For help and completion only: [Main] runs `serve` without this parser.
    private static CommandSpec serve() {
        var serve =
                CommandSpec.wrapWithoutInspection(
                        (Runnable)
                                () -> {
                                    throw new IllegalStateException("serve stands apart");
                                });
        serve.usageMessage()
                .description(
                        "Starts the server and stays. Flags beat the environment, which beats the"
                                + " file.");
        ServeFlags.addTo(serve, true);
        return serve;
    }

    private static int usedWrongly(ParameterException mistake, String[] arguments) {
        var line = mistake.getCommandLine();
        line.getErr().println(mistake.getMessage());
        line.getErr().printf("See: %s --help%n", line.getCommandSpec().qualifiedName());
        return 2;
    }

    private static List<String> sentences(Throwable failure) {
        return switch (failure) {
            case ConfigMistakes mistakes -> mistakes.mistakes();
            case Refusal refusal -> List.of(refusal.problem().title() + ": " + refusal.detail());
            case NoSuchFileException missing -> List.of("there is no file " + missing.getFile());
            case AccessDeniedException denied -> List.of(denied.getFile() + " may not be opened");
            case FileAlreadyExistsException there -> List.of(there.getFile() + " exists already");
            case UncheckedIOException wrapped when wrapped.getCause() != null ->
                    sentences(wrapped.getCause());
            case IOException io -> List.of(String.valueOf(io.getMessage()));
            default ->
                    List.of(
                            ClientCommands.sentence(failure)
                                    .orElse(
                                            "failed: "
                                                    + failure.getClass().getSimpleName()
                                                    + ": "
                                                    + failure.getMessage()));
        };
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// Prints the script that makes a shell complete commands and options.
    @Command(
            name = "completion",
            description = "Prints a completion script: source <(holdfast completion)")
    static final class Completion implements Runnable {
        @Spec CommandSpec spec;

        @Override
        public void run() {
            var root = spec.root().commandLine();
            spec.commandLine().getOut().println(AutoComplete.bash("holdfast", root));
        }
    }
}
