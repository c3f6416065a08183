package holdfast.client;

import static holdfast.client.Input.body;
import static holdfast.client.Input.listed;
import static holdfast.client.Input.number;
import static holdfast.client.Input.onOff;
import static holdfast.client.Input.path;
import static holdfast.client.Input.query;
import static holdfast.client.Input.word;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Commands of environments.
final class EnvironmentVerbs {
    private static final Input.Argument ENVIRONMENT =
            path("ENVIRONMENT", "id", "The environment: its name or id.");
    private static final Input.Argument RUN = path("RUN", "run", "The id of the run.");
    private static final String ONE = "/api/environments/{id}";

    /// A run in these states has not gone as it should.
    private static final Set<String> BAD = Set.of("FAILED", "PARTIAL", "HELD", "INTERRUPTED");

    private EnvironmentVerbs() {}

    static List<Verb> all() {
        return List.of(
                Verb.get("env list", "Environments.", "/api/environments")
                        .takes(
                                query(
                                        "--search",
                                        "q",
                                        "Text that must occur; case does not count."),
                                query(
                                        "--status",
                                        "status",
                                        "A source has this status, for example OK."),
                                query(
                                        "--sort",
                                        "sort",
                                        "name, created or lastSync; - turns it round."))
                        .takes(Verbs.cursor())
                        .table(
                                "id",
                                "name",
                                "installer.status",
                                "sddcManager.status",
                                "credentials",
                                "expired",
                                "drifted"),
                Verb.get("env show", "One environment.", ONE).takes(ENVIRONMENT),
                Verb.post(
                                "env look",
                                "Looks at an address: its certificate, then, when trusted, role and"
                                        + " version.",
                                "/api/environments/test")
                        .takes(word("KIND", "kind", "INSTALLER or SDDC_MANAGER."))
                        .takes(word("HOST", "host", "Name or address."))
                        .takes(
                                number("--port", "port", "443 unless said."),
                                Input.trust(
                                        "--fingerprint",
                                        "",
                                        "PIN",
                                        "fingerprint",
                                        "Believe this certificate only (SHA-256)."),
                                body("--user", "username", "Signs in as this user."),
                                new Input.Secret(
                                        "--password-file",
                                        "password",
                                        Optional.of("--user"),
                                        "A file with the password; - is standard input.")),
                Verb.post(
                                "env add",
                                "Makes an environment; its schedules start at once.",
                                "/api/environments")
                        .takes(word("NAME", "name", "A name of its own."))
                        .takes(body("--description", "description", "What it is."))
                        .takes(sources()),
                Verb.change(
                                "env edit",
                                "Changes what is given.",
                                ONE,
                                "name",
                                "description",
                                "installer.host",
                                "installer.port",
                                "installer.username",
                                "installer.trust",
                                "installer.scheduleMinutes",
                                "sddcManager.host",
                                "sddcManager.port",
                                "sddcManager.username",
                                "sddcManager.trust",
                                "sddcManager.scheduleMinutes")
                        .takes(ENVIRONMENT)
                        .takes(
                                body("--name", "name", "A new name."),
                                body("--description", "description", "What it is."),
                                gone("--no-installer", "installer", "Removes the Installer."),
                                gone(
                                        "--no-sddc-manager",
                                        "sddcManager",
                                        "Removes the SDDC Manager."))
                        .takes(sources()),
                Verb.delete("env delete", "Deletes it with its credentials and their history.", ONE)
                        .takes(ENVIRONMENT)
                        .takes(query("--name", "name", "The name, typed again.")),
                Verb.post(
                                "env test",
                                "Tries the saved sources with their stored logins; exit code 1 when"
                                        + " one fails.",
                                ONE + "/test")
                        .takes(ENVIRONMENT)
                        .fine(tested ->
                                StreamSupport.stream(tested.spliterator(), false)
                                        .allMatch(source -> source.path("ok").asBoolean(false))),
                Verb.post(
                                "env sync",
                                "Syncs now; exit code 1 when it did not succeed.",
                                ONE + "/sync")
                        .takes(ENVIRONMENT)
                        .takes(
                                query("--source", "source", "Only INSTALLER or SDDC_MANAGER."),
                                new Input.Unless(Input.Part.QUERY, "wait", 60),
                                query(
                                        "--wait",
                                        "wait",
                                        "Seconds to wait for the end, 0-60; 60 unless said."))
                        .fine(EnvironmentVerbs::isGood),
                Verb.get("env runs", "Syncs, newest first.", ONE + "/runs")
                        .takes(ENVIRONMENT)
                        .takes(query("--status", "status", "For example FAILED."))
                        .takes(Verbs.cursor())
                        .table("id", "started", "finished", "trigger", "startedBy", "status"),
                Verb.get("env run", "One sync with its sources.", ONE + "/runs/{run}")
                        .takes(ENVIRONMENT, RUN),
                Verb.post("env confirm", "Applies a sync that waits.", ONE + "/runs/{run}/confirm")
                        .takes(ENVIRONMENT, RUN),
                Verb.post("env discard", "Drops a sync that waits.", ONE + "/runs/{run}/discard")
                        .takes(ENVIRONMENT, RUN),
                Verb.post(
                                "env export-config",
                                "Configuration of environments as a file; passwords only with a"
                                        + " passphrase.",
                                "/api/environments/export")
                        .takes(
                                new Input.Unless(Input.Part.BODY, "format", "json"),
                                body("--format", "format", "json or yaml; json unless said."),
                                listed(
                                        "--environment",
                                        "environments",
                                        "The id of one; all unless said."),
                                new Input.Secret(
                                        "--passphrase-file",
                                        "passphrase",
                                        Optional.of("--passphrase-file"),
                                        "Puts the passwords in, encrypted with the passphrase in"
                                                + " this file; - is standard input."))
                        .file(),
                Verb.post(
                                "env import-config",
                                "Brings environments in from such a file, all or none.",
                                "/api/environments/import")
                        .takes(
                                new Input.Argument(
                                        "FILE",
                                        Input.Part.BODY,
                                        "document",
                                        "The file, JSON or YAML.",
                                        Files::text))
                        .takes(
                                body(
                                        "--existing",
                                        "existing",
                                        "refuse, skip or replace a name that is there; refuse"
                                                + " unless said."),
                                onOff("--dry-run", "dryRun", "Says what would be done."),
                                new Input.Secret(
                                        "--passphrase-file",
                                        "passphrase",
                                        Optional.of("--passphrase-file"),
                                        "A file with the passphrase of the passwords; - is standard"
                                                + " input.")));
    }

    private static List<Input> sources() {
        var both =
                new java.util.ArrayList<>(
                        Input.source("sddc-manager", "sddcManager", "SDDC Manager"));
        both.addAll(Input.source("installer", "installer", "the VCF Installer"));
        return both;
    }

    private static Input gone(String name, String member, String help) {
        return new Input.Choice(
                name, Input.Part.BODY, member, Input.Kind.SWITCH, help, _ -> Map.of());
    }

    private static boolean isGood(JsonNode run) {
        return !BAD.contains(run.path("status").asString(""));
    }
}
