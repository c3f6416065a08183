package holdfast.client;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `holdfast unseal`: brings one share to a server that waits for them. Nobody has to be signed in.
@Command(
        name = "unseal",
        description = {
            "Brings your share of the root key to a server that started sealed.",
            "The share is asked for, or read from a file: it never stands on the command line."
        })
final class UnsealCommand implements Callable<Integer> {
    private static final String PATH = "/api/seal/shares";

    private final LoginFile file;
    private final Secrets secrets;

    @Spec CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            description = "The server; the one you are signed in to unless said.")
    String url = "";

    @Option(
            names = "--fingerprint",
            description =
                    "SHA-256 of the server's certificate, as the server printed it; needed with"
                            + " URL unless the system believes it.")
    String fingerprint = "";

    @Option(
            names = "--share-file",
            paramLabel = "FILE",
            description = "A file with the share; - is standard input. Asked for when not given.")
    String shareFile = "";

    @Option(
            names = "--reset",
            description = "Forgets the shares that were brought, to begin anew; yours proves it.")
    boolean reset;

    UnsealCommand(Surroundings around) {
        this.file = new LoginFile(around);
        this.secrets = new Secrets(around);
    }

    @Override
    public Integer call() {
        var api = new Api(server());
        var share = secrets.read("--share-file", shareFile, "share");
        tell(
                api.post(
                        reset ? PATH + "/forget" : PATH,
                        Api.JSON.createObjectNode().put("share", share)));
        return 0;
    }

    /// No token goes along: a sealed server can check none.
    private Login server() {
        if (url.isEmpty()) {
            var stored =
                    file.stored()
                            .orElseThrow(() -> Stopped.usedWrongly("say the URL of the server"));
            return stored.with("", "");
        }
        return Login.of(url, fingerprint, "");
    }

    private void tell(JsonNode status) {
        var split = status.path("split");
        spec.commandLine()
                .getOut()
                .println(
                        status.path("open").asBoolean(false)
                                ? "the root key is open; the server starts"
                                : "%d of %d shares brought"
                                        .formatted(
                                                split.path("brought").asInt(0),
                                                split.path("threshold").asInt(0)));
    }
}
