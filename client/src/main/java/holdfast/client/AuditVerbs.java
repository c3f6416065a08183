package holdfast.client;

import static holdfast.client.Input.path;
import static holdfast.client.Input.query;

import java.util.List;

/// Commands of the ledger, as the server shows it.
final class AuditVerbs {
    private AuditVerbs() {}

    static List<Verb> all() {
        return List.of(
                Verb.get("audit search", "Events, newest first.", "/api/audit")
                        .takes(events())
                        .takes(Verbs.cursor())
                        .table("index", "time", "actor.name", "type", "resource", "outcome"),
                Verb.get("audit show", "One event.", "/api/audit/{index}")
                        .takes(path("INDEX", "index", "The number of the event.")),
                Verb.get(
                                "audit exposures",
                                "Who ever saw a value of this credential.",
                                "/api/audit/exposures")
                        .takes(
                                new Input.Argument(
                                        "CREDENTIAL",
                                        Input.Part.QUERY,
                                        "credential",
                                        Verbs.CREDENTIAL.help(),
                                        text -> text))
                        .takes(query("--version", "version", "Of this version only."))
                        .takes(Verbs.cursor())
                        .table("index", "time", "actor", "address", "how", "format", "version"),
                Verb.get(
                                "audit verify",
                                "The server's newest verdict on its ledger; exit code 1 when it is"
                                        + " not sound.",
                                "/api/audit/verify")
                        .value("sentence")
                        .fine(verdict -> verdict.path("ok").asBoolean(false)),
                Verb.get(
                                "audit export",
                                "All matching events as a file.",
                                "/api/audit/export/{format}")
                        .takes(
                                new Input.Unless(Input.Part.PATH, "format", "csv"),
                                new Input.Choice(
                                        "--format",
                                        Input.Part.PATH,
                                        "format",
                                        Input.Kind.ONE,
                                        "csv, json, or bundle for `holdfast ledger verify`; csv"
                                                + " unless said.",
                                        text -> text))
                        .takes(events())
                        .file());
    }

    private static List<Input> events() {
        return List.of(
                query("--from", "from", "Not before this time, for example 2026-11-24T12:00:00Z."),
                query("--to", "to", "Before this time."),
                query(
                        "--type",
                        "type",
                        "Exact, or a prefix ending in a dot, for example credential."),
                query("--actor", "actor", "The id of a user."),
                query("--resource", "resource", "Exact, or a prefix ending in /."),
                query("--outcome", "outcome", "SUCCESS, REFUSED or FAILED."),
                query("--severity", "severity", "INFO, WARNING, ERROR or CRITICAL."),
                query("--search", "q", "Text that must occur; case does not count."));
    }
}
