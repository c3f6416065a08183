package holdfast.client;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/// Options as the parser wants them.
final class Options {
    private Options() {}

    static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this.")
                .build();
    }

    static OptionSpec one(String name, String label, String help) {
        return valued(name, label, help).build();
    }

    static OptionSpec required(String name, String label, String help) {
        return valued(name, label, help).required(true).build();
    }

    static OptionSpec many(String name, String label, String help) {
        return valued(name, label, help).type(List.class).auxiliaryTypes(String.class).build();
    }

    static OptionSpec flag(String name, String help) {
        return OptionSpec.builder(name).arity("0").type(boolean.class).description(help).build();
    }

    private static OptionSpec.Builder valued(String name, String label, String help) {
        return OptionSpec.builder(name)
                .arity("1")
                .type(String.class)
                .paramLabel(label)
                .description(help);
    }
}
