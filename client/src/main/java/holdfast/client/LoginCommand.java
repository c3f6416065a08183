package holdfast.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `holdfast login`: makes an API token with the password once, and keeps the token instead of the password.
@Command(
        name = "login",
        description = {
            "Signs in to a server: makes an API token and keeps it in"
                    + " ~/.config/holdfast/login.json, 0600.",
            "Without --fingerprint the server's certificate must be believed by the system, or"
                    + " confirmed here."
        })
final class LoginCommand implements Callable<Integer> {
    private static final String SIGN_IN = "/api/auth/sign-in";

    private final Surroundings around;
    private final LoginFile file;
    private final Secrets secrets;

    @Spec CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    @Parameters(paramLabel = "URL", description = "For example https://holdfast.example.com:8443.")
    String url;

    @Option(
            names = "--fingerprint",
            description = "SHA-256 of the server's certificate, as the server printed it.")
    String fingerprint = "";

    @Option(names = "--username", description = "Asked for when not given.")
    String username = "";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "A file with the password; - is standard input. Asked for when not given.")
    String passwordFile = "";

    @Option(
            names = "--new-password-file",
            paramLabel = "FILE",
            description = "The password to change to, when the server wants a new one.")
    String newPasswordFile = "";

    @Option(names = "--days", description = "Days until the token ends, 1-365; 30 unless said.")
    int days = 30;

    @Option(
            names = "--permission",
            description =
                    "What the token may do; all that you may unless said. Repeat for several.")
    List<String> permissions = List.of();

    LoginCommand(Surroundings around) {
        this.around = around;
        this.file = new LoginFile(around);
        this.secrets = new Secrets(around);
    }

    @Override
    public Integer call() {
        var login = believed(Login.of(url, fingerprint, ""));
        var api = new Api(login);
        var me = signIn(api);
        try {
            var made = token(api, me);
            file.store(
                    login.with(
                            made.path("secret").asString(""),
                            made.path("token").path("id").asString("")));
            spec.commandLine()
                    .getOut()
                    .printf(
                            "signed in to %s as %s until %s%nthe token is in %s%n",
                            login.url(),
                            me.path("username").asString(""),
                            made.path("token").path("expires").asString(""),
                            file.path());
        } finally {
            signOut(api);
        }
        return 0;
    }

    /// The session was for making the token only; should it stay, it ends by itself.
    private void signOut(Api api) {
        try {
            api.send("POST", "/api/auth/sign-out", Optional.empty(), Map.of());
        } catch (Problem problem) {
            spec.commandLine().getErr().println(problem.sentence());
        }
    }

    /// Looks at the certificate before anything is sent.
    private Login believed(Login login) {
        if (login.fingerprint().isPresent()) {
            return login;
        }
        var shown = new Api(login).inspect();
        if (shown.trusted()) {
            return login;
        }
        var words =
                "%s shows a certificate the system does not believe:%n  %s%n  SHA-256 %s"
                        .formatted(login.url(), shown.subject(), shown.fingerprint());
        if (!around.terminal().isPresent()) {
            throw Stopped.refused(
                    words
                            + "%nCompare it with what the server printed, then run again with --fingerprint"
                                    .formatted());
        }
        spec.commandLine().getErr().println(words);
        var answer =
                around.terminal().ask("Is this the fingerprint the server printed? Type yes: ");
        if (!answer.equalsIgnoreCase("yes")) {
            throw Stopped.refused("not confirmed: nothing was sent");
        }
        return login.believing(shown.fingerprint());
    }

    private JsonNode signIn(Api api) {
        if (username.isEmpty() && !around.terminal().isPresent()) {
            throw Stopped.usedWrongly("--username is needed: there is no terminal to ask at");
        }
        var name = username.isEmpty() ? around.terminal().ask("username: ") : username;
        var password = secrets.read("--password-file", passwordFile, "password");
        var body = Api.JSON.createObjectNode().put("username", name).put("password", password);
        var me = signIn(api, body);
        if (me.path("mustChangePassword").asBoolean(false)) {
            change(api, password);
            return api.get("/api/me");
        }
        return me;
    }

    private static JsonNode signIn(Api api, ObjectNode body) {
        try {
            return api.post(SIGN_IN, body);
        } catch (Problem problem) {
            if (!problem.code().equals("proof-required")) {
                throw problem;
            }
            var challenge = problem.param("challenge");
            body.putObject("proof")
                    .put("challenge", challenge)
                    .put(
                            "nonce",
                            Puzzle.solve(challenge, Integer.parseInt(problem.param("difficulty"))));
            return api.post(SIGN_IN, body);
        }
    }

    private void change(Api api, String password) {
        spec.commandLine().getErr().println("The password must be changed first.");
        var fresh = secrets.read("--new-password-file", newPasswordFile, "new password");
        api.post(
                "/api/me/password",
                Api.JSON.valueToTree(Map.of("currentPassword", password, "newPassword", fresh)));
    }

    private JsonNode token(Api api, JsonNode me) {
        var body = Api.JSON.createObjectNode();
        body.put("name", "holdfast command line").put("expiresInDays", days);
        body.set(
                "permissions",
                permissions.isEmpty() ? me.path("permissions") : Api.JSON.valueToTree(permissions));
        return api.post("/api/tokens", body);
    }

    /// `holdfast logout`: revokes the token and forgets it.
    @Command(
            name = "logout",
            description = "Revokes the token that login made, and deletes its file.")
    static final class Logout implements Callable<Integer> {
        private final LoginFile file;

        @Spec CommandSpec spec;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Shows this.")
        boolean help;

        Logout(Surroundings around) {
            this.file = new LoginFile(around);
        }

        @Override
        public Integer call() {
            var login = file.stored().orElseThrow(() -> Stopped.refused("nobody is signed in"));
            file.forget();
            try {
                new Api(login)
                        .send(
                                "DELETE",
                                "/api/tokens/" + login.tokenId(),
                                Optional.empty(),
                                Map.of());
            } catch (Problem problem) {
                if (!problem.code().equals("unauthenticated")) { // it had ended anyway
                    throw Stopped.refused(
                            "the file is deleted, but the token lives on until it ends; revoke it"
                                    + " in a browser: "
                                    + problem.sentence());
                }
            }
            spec.commandLine().getOut().println("signed out of " + login.url());
            return 0;
        }
    }
}
