package holdfast.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            ConfigCommand.Explain.class,
            ConfigCommand.Diff.class,
            ConfigCommand.Set.class
        })
final class ConfigCommand {
    ConfigCommand() {}

    private static Path home() {
        return Path.of(System.getProperty("user.home"));
    }

    /// Writes a commented file with every option at its default.
    @Command(
            name = "init",
            description =
                    "Writes a commented holdfast.yaml (or a file for the environment, when its name"
                            + " ends in .env) with every option.")
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
            try {
                StateDir.create(file);
                Files.writeString(file, template(file.toString().endsWith(".env")));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            spec.commandLine().getOut().println("wrote " + file);
            return 0;
        }
    }

    /// {@return every option in comments, at its default}
    static String template(boolean environment) {
        var text =
                new StringBuilder(
                        "# Holdfast. Every option, at its default. Remove the # to change one.\n");
        for (var option : Option.values()) {
            text.append("\n# ")
                    .append(option.description())
                    .append("\n# ")
                    .append(environment ? option.variable() + "=" : option.key() + ": ")
                    .append(option.fallback())
                    .append('\n');
        }
        return text.toString();
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
            settings.explained().forEach(out::println);
            settings.mistakes().forEach(out::println);
            return settings.mistakes().isEmpty() ? 0 : 2;
        }
    }

    /// Shows what is not at its default.
    @Command(
            name = "diff",
            description =
                    "Shows what differs from the defaults, and where it comes from; same flags as"
                            + " serve.")
    static final class Diff implements Callable<Integer> {
        @Spec CommandSpec spec;

        @Unmatched List<String> flags = new ArrayList<>();

        @Override
        public Integer call() {
            var settings = Settings.merge(flags, System.getenv());
            var out = spec.commandLine().getOut();
            for (var option : Option.values()) {
                var value = settings.value(option);
                if (!value.equals(option.fallback())) {
                    out.printf(
                            "%s: %s, default %s, from %s%n",
                            option.key(),
                            option.isSecret() ? "(set)" : "'" + settings.shown(option) + "'",
                            option.fallback().isEmpty() ? "empty" : "'" + option.fallback() + "'",
                            settings.source(option));
                }
            }
            settings.mistakes().forEach(spec.commandLine().getErr()::println);
            return settings.mistakes().isEmpty() ? 0 : 2;
        }
    }

    /// Sets one option in the file; comments stay.
    @Command(
            name = "set",
            description =
                    "Sets one option in holdfast.yaml; comments stay, and a mistake is refused.")
    static final class Set implements Callable<Integer> {
        @Spec CommandSpec spec;

        @Parameters(index = "0", paramLabel = "OPTION", description = "For example port.")
        String key;

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "VALUE",
                description = "Not for secrets: everybody can list a command line.")
        Optional<String> value = Optional.empty();

        @picocli.CommandLine.Option(
                names = "--value-file",
                paramLabel = "FILE",
                description = "A file with the value; - is standard input.")
        Optional<String> valueFile = Optional.empty();

        @picocli.CommandLine.Option(
                names = "--config",
                paramLabel = "FILE",
                defaultValue = "holdfast.yaml",
                description = "The file to change; holdfast.yaml unless said.")
        Path file;

        @Override
        public Integer call() throws IOException {
            var option =
                    Option.ofKey(key)
                            .orElseThrow(() ->
                                    new ConfigMistakes(
                                            List.of(
                                                    "there is no option '%s'; `holdfast config explain` lists them"
                                                            .formatted(key))));
            if (option.isSecret() && value.isPresent()) {
                throw new ConfigMistakes(
                        List.of(
                                "%s is a secret and never stands on a command line: use --value-file"
                                        .formatted(key)));
            }
            if (value.isPresent() == valueFile.isPresent()) {
                throw new ConfigMistakes(List.of("give VALUE or --value-file, one of them"));
            }
            new ConfigFile(file)
                    .set(option, value.isPresent() ? value.get() : read(valueFile.orElseThrow()));
            spec.commandLine().getOut().println("set " + key + " in " + file);
            return 0;
        }

        private static String read(String name) throws IOException {
            var text =
                    name.equals("-")
                            ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                            : Files.readString(Path.of(name));
            return text.replaceFirst("\\r?\\n$", "");
        }
    }
}
