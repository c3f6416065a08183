package holdfast.client;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The commands that talk to a server, to be hung into the program's command line.
public final class ClientCommands {
    private ClientCommands() {}

    /// Adds every command; `line`'s handler gets [Stopped] and other failures, see [#sentence].
    public static void addTo(CommandLine line, Surroundings around) {
        line.addSubcommand("login", new CommandLine(new LoginCommand(around)));
        line.addSubcommand("logout", new CommandLine(new LoginCommand.Logout(around)));
        Verbs.groups()
                .forEach((name, summary) -> {
                    line.addSubcommand(name, new CommandLine(group(summary)));
                });
        for (var verb : Verbs.all()) {
            var words = verb.words().split(" ", -1);
            var place = words.length == 1 ? line : line.getSubcommands().get(words[0]);
            if (place == null) {
                throw new IllegalStateException("no group for " + verb.words());
            }
            place.addSubcommand(
                    words[words.length - 1],
                    new CommandLine(new VerbCommand(verb, around).described()));
        }
        line.addSubcommand("unseal", new CommandLine(new UnsealCommand(around)));
        line.addSubcommand("api", new CommandLine(new ApiCommand(around)));
    }

    /// {@return a command that only shows what stands below it}
    private static CommandSpec group(String summary) {
        var here = new AtomicReference<CommandSpec>();
        var group =
                CommandSpec.wrapWithoutInspection(
                        (Callable<Integer>)
                                () -> {
                                    var line = here.get().commandLine();
                                    line.usage(line.getErr());
                                    return 2;
                                });
        here.set(group);
        group.usageMessage().description(summary);
        group.addOption(Options.help());
        return group;
    }

    /// {@return what to tell a person about a failure of these commands; empty for failures that are not theirs}
    public static Optional<String> sentence(Throwable failure) {
        return switch (failure) {
            case Stopped stopped -> Optional.of(stopped.sentence());
            case Problem problem -> Optional.of(problem.sentence());
            default -> Optional.empty();
        };
    }
}
