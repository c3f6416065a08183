package holdfast.client;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// `holdfast api`: any operation of `openapi.yaml`, for what no other command says.
@Command(
        name = "api",
        description = "Calls any operation of openapi.yaml and prints the answer as it is.")
final class ApiCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    @Parameters(index = "0", paramLabel = "METHOD", description = "GET, POST, PUT or DELETE.")
    String method;

    @Parameters(
            index = "1",
            paramLabel = "PATH",
            description = "For example /api/jobs, query included.")
    String path;

    @Option(
            names = "--body-file",
            paramLabel = "FILE",
            description = "JSON to send; - is standard input.")
    String bodyFile = "";

    @Option(names = "--if-match", description = "The version that was seen, for a change.")
    String ifMatch = "";

    ApiCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        if (!path.startsWith("/")) {
            throw Stopped.usedWrongly("PATH must begin with /, is '%s'".formatted(path));
        }
        var api = new Api(new LoginFile(around).current());
        Map<String, String> headers = ifMatch.isEmpty() ? Map.of() : Map.of("If-Match", ifMatch);
        var answer = api.send(method.toUpperCase(Locale.ROOT), path, body(), headers);
        spec.commandLine().getOut().println(answer.text());
        return 0;
    }

    private Optional<JsonNode> body() {
        if (bodyFile.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Api.JSON.readTree(new Secrets(around).read("--body-file", bodyFile, "body")));
        } catch (JacksonException _) {
            throw Stopped.usedWrongly("--body-file: is not JSON");
        }
    }
}
