package holdfast.client;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A [Verb] as a command of the command line.
final class VerbCommand implements Callable<Integer> {
    private static final String JSON = "--json";
    private static final String ALL = "--all";
    private static final String OUTPUT = "--output";

    private final Verb verb;
    private final Surroundings around;
    private final CommandSpec spec;

    VerbCommand(Verb verb, Surroundings around) {
        this.verb = verb;
        this.around = around;
        this.spec = CommandSpec.wrapWithoutInspection(this);
    }

    /// {@return what the parser and the help know}
    CommandSpec described() {
        spec.usageMessage().description(verb.summary());
        spec.addOption(Options.help());
        var arguments = verb.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            spec.addPositional(
                    PositionalParamSpec.builder()
                            .index(String.valueOf(i))
                            .paramLabel(arguments.get(i).label())
                            .description(arguments.get(i).help())
                            .required(true)
                            .type(String.class)
                            .build());
        }
        verb.choices().forEach(choice -> spec.addOption(option(choice)));
        verb.secrets()
                .forEach(secret ->
                        spec.addOption(Options.one(secret.name(), "FILE", secret.help())));
        switch (verb.view().shape()) {
            case FILE ->
                    spec.addOption(
                            Options.required(
                                    OUTPUT,
                                    "FILE",
                                    "The file to write, 0600; - is standard output."));
            case TABLE -> {
                spec.addOption(Options.flag(JSON, "Prints the answer of the API as it is."));
                spec.addOption(Options.flag(ALL, "Fetches every window, not the first alone."));
            }
            case SHEET, VALUE, NOTHING ->
                    spec.addOption(Options.flag(JSON, "Prints the answer of the API as it is."));
        }
        return spec;
    }

    private static OptionSpec option(Input.Choice choice) {
        return switch (choice.kind()) {
            case ONE -> Options.one(choice.name(), "VALUE", choice.help());
            case MANY -> Options.many(choice.name(), "VALUE", choice.help());
            case SWITCH -> Options.flag(choice.name(), choice.help());
        };
    }

    @Override
    public Integer call() {
        var typed = new Typed(spec.commandLine().getParseResult());
        var api = new Api(new LoginFile(around).current());
        var request = new Composed(verb, typed, api, new Secrets(around)).request();
        var out = spec.commandLine().getOut();
        var display = new Display(out, verb.view(), typed.has(JSON), typed.has(ALL));
        if (verb.view().shape() == Verb.Shape.FILE) {
            new Download(api, around).to(request, typed.one(OUTPUT));
            return 0;
        }
        return display.show(api, request) ? 0 : 1;
    }

    /// What was typed.
    record Typed(picocli.CommandLine.ParseResult parsed) {
        boolean has(String option) {
            return parsed.hasMatchedOption(option);
        }

        String one(String option) {
            return parsed.matchedOptionValue(option, "");
        }

        List<String> many(String option) {
            return parsed.matchedOptionValue(option, List.of());
        }

        String argument(int place) {
            return parsed.matchedPositionalValue(place, "");
        }
    }
}
