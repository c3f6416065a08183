package holdfast.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The flags of `serve` on a command that works on the same state; secrets by file only.
final class ServeFlags {
    private ServeFlags() {}

    /// @param shown whether the help lists them
    static void addTo(CommandSpec spec, boolean shown) {
        spec.addOption(flag("--config", "The holdfast.yaml to read.", shown));
        for (var option : Option.values()) {
            var name = "--" + option.key() + (option.isSecret() ? "-file" : "");
            var description =
                    option.isSecret() ? "A file: " + option.description() : option.description();
            if (spec.findOption(name) == null) {
                spec.addOption(flag(name, description, shown));
            }
        }
    }

    /// {@return the configuration that flags, environment and file make}
    ///
    /// @throws ConfigMistakes all at once
    static Config config(CommandSpec spec) {
        return Config.from(settings(spec), Path.of(System.getProperty("user.home")));
    }

    static Settings settings(CommandSpec spec) {
        var flags = new ArrayList<String>();
        for (var option : spec.commandLine().getParseResult().matchedOptions()) {
            if (isOurs(option)) {
                flags.add(option.longestName() + "=" + option.getValue());
            }
        }
        return Settings.merge(flags, System.getenv());
    }

    private static boolean isOurs(OptionSpec option) {
        var key = option.longestName().substring(2);
        return key.equals("config")
                || Option.ofKey(key).isPresent()
                || (key.endsWith("-file")
                        && Option.ofKey(key.replaceFirst("-file$", "")).isPresent());
    }

    private static OptionSpec flag(String name, String description, boolean shown) {
        return OptionSpec.builder(name)
                .arity("1")
                .type(String.class)
                .paramLabel("VALUE")
                .hidden(!shown)
                .description(List.of(description).toArray(String[]::new))
                .build();
    }
}
