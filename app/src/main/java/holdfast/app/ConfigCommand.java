package holdfast.app;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `holdfast config …`: writes, checks and explains the configuration.
@Command(
        name = "config",
        description = "Writes, checks and explains the configuration.",
        subcommands = {
            ConfigCommand.Init.class,
            ConfigCommand.Validate.class,
            ConfigCommand.Explain.class
        })
final class ConfigCommand {
    ConfigCommand() {}

    private static Path home() {
        return Path.of(System.getProperty("user.home"));
    }

    /// Writes a commented file with every option at its default.
    @Command(name = "init", description = "Writes a commented holdfast.yaml with every option.")
    static final class Init implements Callable<Integer> {
        @Spec CommandSpec spec;

        @Parameters(
                defaultValue = "holdfast.yaml",
                description = "The file to write; it must not exist.")
        Path file;

        @Override
        public Integer call() {
            if (Files.exists(file)) {
                spec.commandLine().getErr().println(file + " exists already; nothing was written");
                return 1;
            }
            var text =
                    new StringBuilder(
                            "# Holdfast. Every option, at its default. Remove the # to change"
                                    + " one.\n");
            for (var option : Option.values()) {
                text.append("\n# ").append(option.description());
                text.append("\n# ")
                        .append(option.key())
                        .append(": ")
                        .append(option.fallback())
                        .append('\n');
            }
            try {
                StateDir.create(file);
                Files.writeString(file, text);
            } catch (java.io.IOException failure) {
                throw new UncheckedIOException(failure);
            }
            spec.commandLine().getOut().println("wrote " + file);
            return 0;
        }
    }

    /// Lists every mistake at once.
    @Command(name = "validate", description = "Lists every mistake at once; same flags as serve.")
    static final class Validate implements Callable<Integer> {
        @Spec CommandSpec spec;

        @Unmatched List<String> flags = new ArrayList<>();

        @Override
        public Integer call() {
            Config.from(flags, System.getenv(), home());
            spec.commandLine().getOut().println("the configuration is valid");
            return 0;
        }
    }

    /// Says where each value comes from.
    @Command(
            name = "explain",
            description = "Says where each value comes from; same flags as serve.")
    static final class Explain implements Callable<Integer> {
        @Spec CommandSpec spec;

        @Unmatched List<String> flags = new ArrayList<>();

        @Override
        public Integer call() {
            var settings = Settings.merge(flags, System.getenv());
            var out = spec.commandLine().getOut();
            for (var option : Option.values()) {
                var value = settings.value(option);
                out.printf(
                        "%-26s %-34s from %s%n",
                        option.key(),
                        option.isSecret() && !value.isEmpty() ? "(set)" : value,
                        settings.source(option));
            }
            settings.mistakes().forEach(out::println);
            return settings.mistakes().isEmpty() ? 0 : 2;
        }
    }
}
