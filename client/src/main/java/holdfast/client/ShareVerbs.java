package holdfast.client;

import static holdfast.client.Input.anyOf;
import static holdfast.client.Input.body;
import static holdfast.client.Input.json;
import static holdfast.client.Input.listed;
import static holdfast.client.Input.number;
import static holdfast.client.Input.path;
import static holdfast.client.Input.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Commands of shares and of temporary links.
final class ShareVerbs {
    private static final Input.Argument SECRET =
            path("SECRET", "id", "The secret: SERVICE/ACCOUNT or its id.");
    private static final Input.Argument SHARE = path("SHARE", "share", "The id of the share.");
    private static final String SHARES = "/api/shares";
    private static final String ONE = SHARES + "/{share}";
    private static final String RECEIVED = ONE + "/secret";
    private static final String OF_SECRET = "/api/secrets/{id}";
    private static final String LEVELS = "READ, READ_ROTATE, READ_ROTATE_SHARE or FULL.";

    private ShareVerbs() {}

    static List<Verb> all() {
        var verbs = new ArrayList<>(shares());
        verbs.addAll(received());
        verbs.addAll(links());
        return List.copyOf(verbs);
    }

    private static List<Verb> shares() {
        return List.of(
                Verb.post(
                                "share create",
                                "Shares a secret; never more than you hold, and only while you do.",
                                OF_SECRET + "/shares")
                        .takes(SECRET)
                        .takes(new Input.Unless(Input.Part.BODY, "permission", "READ"))
                        .takes(
                                with(Input.PERSON, "With this user: name or id.", "USER", "id"),
                                with(
                                        Input.PROGRAM,
                                        "With this machine: its name.",
                                        "MACHINE",
                                        "username"),
                                with("--role", "With whoever has this role.", "ROLE", "role"),
                                with("--tenant", "With this tenant: its id.", "TENANT", "id"),
                                body("--permission", "permission", LEVELS + " READ unless said."),
                                body("--expires", "expires", "Until then; no end unless said."),
                                json(
                                        "--metadata-file",
                                        "metadata",
                                        "A file with a JSON object of texts.")),
                shown(
                        Verb.get("share of", "Whom a secret is shared with.", OF_SECRET + "/shares")
                                .takes(SECRET)
                                .takes(filters())),
                shown(
                        Verb.get("share list", "What you received, or gave.", SHARES)
                                .takes(
                                        query(
                                                "--direction",
                                                "direction",
                                                "given, received or all; received unless said."))
                                .takes(filters())),
                Verb.get(
                                "share statistics",
                                "How many, by permission and party.",
                                SHARES + "/statistics")
                        .takes(query("--direction", "direction", "given or received.")),
                Verb.delete("share revoke", "Takes a share back, at once.", ONE).takes(SHARE),
                Verb.post("share accept", "Accepts what another tenant offers.", ONE + "/accept")
                        .takes(SHARE),
                Verb.post("share decline", "Declines it, or gives it back.", ONE + "/decline")
                        .takes(SHARE));
    }

    /// What is done with a secret that another tenant shares.
    private static List<Verb> received() {
        return List.of(
                Verb.get("share show", "A secret that another tenant shares.", RECEIVED)
                        .takes(SHARE),
                Verb.get("share versions", "Its versions.", RECEIVED + "/versions")
                        .takes(SHARE)
                        .table("version", "origin", "size", "made", "active"),
                Verb.post(
                                "share reveal",
                                "Prints a value that another tenant shares. Recorded first.",
                                ONE + "/reveal")
                        .takes(SHARE)
                        .takes(
                                query("--purpose", "purpose", "view or copy."),
                                query("--version", "version", "The active one unless said."))
                        .value("value", "valueBase64"),
                Verb.post("share put", "Stores a new value of it.", RECEIVED + "/versions")
                        .onTopOf(RECEIVED)
                        .takes(SHARE)
                        .takes(SecretVerbs.value())
                        .takes(SecretVerbs.change()),
                Verb.patch("share edit", "Changes what is known beside the value.", RECEIVED)
                        .onTopOf(RECEIVED)
                        .takes(SHARE)
                        .takes(SecretVerbs.details())
                        .takes(listed("--clear", "clear", "expires or keepDays is to be no more."))
                        .takes(SecretVerbs.change()),
                Verb.post(
                                "share rollback",
                                "Makes a new version with value and details of an older one.",
                                RECEIVED + "/rollback")
                        .onTopOf(RECEIVED)
                        .takes(SHARE)
                        .takes(
                                new Input.Argument(
                                        "VERSION",
                                        Input.Part.BODY,
                                        "version",
                                        "The older version.",
                                        text -> Input.whole("VERSION", text)))
                        .takes(SecretVerbs.change()),
                Verb.delete("share delete", "Takes the secret itself out of use.", RECEIVED)
                        .onTopOf(RECEIVED)
                        .takes(SHARE),
                Verb.post("share undelete", "Brings a deleted one back.", RECEIVED + "/undelete")
                        .takes(SHARE),
                Verb.post(
                                "share destroy",
                                "Removes a deleted one with every version, for good.",
                                RECEIVED + "/destroy")
                        .takes(SHARE),
                Verb.post("share pass", "Shares it further with a third tenant.", ONE + "/shares")
                        .takes(SHARE)
                        .takes(new Input.Unless(Input.Part.BODY, "permission", "READ"))
                        .takes(
                                with("--tenant", "With this tenant: its id.", "TENANT", "id"),
                                body("--permission", "permission", LEVELS + " READ unless said."),
                                body("--expires", "expires", "Until then; no end unless said."),
                                json(
                                        "--metadata-file",
                                        "metadata",
                                        "A file with a JSON object of texts.")));
    }

    private static List<Verb> links() {
        return List.of(
                Verb.post(
                                "share link",
                                "Makes a temporary link and prints the part after the server's"
                                        + " address, once.",
                                OF_SECRET + "/links")
                        .takes(SECRET)
                        .takes(
                                number("--uses", "uses", "How often it opens; once unless said."),
                                body("--expires", "expires", "Until then, within 30 days."),
                                body("--audience", "audience", "Whoever opens it must name this."),
                                listed("--address", "addresses", "A range it may be opened from."),
                                body("--note", "note", "What it is for."))
                        .value("path"),
                Verb.get("share links", "The links of a secret.", OF_SECRET + "/links")
                        .takes(SECRET)
                        .table("id", "status", "uses", "usesLeft", "expires", "note"),
                Verb.delete("share revoke-link", "Revokes a link, at once.", "/api/links/{link}")
                        .takes(path("LINK", "link", "The id of the link.")));
    }

    private static Input.Choice with(String option, String help, String kind, String member) {
        return new Input.Choice(
                option,
                Input.Part.BODY,
                "with",
                Input.Kind.ONE,
                help,
                text -> Map.of("kind", kind, member, text));
    }

    private static Verb shown(Verb list) {
        return list.table(
                "id", "service", "account", "permission", "status", "sharedWith.name", "expires");
    }

    private static List<Input> filters() {
        var inputs =
                new ArrayList<Input>(
                        List.of(
                                query("--search", "q", "Text that must occur."),
                                anyOf("--permission", "permission", LEVELS),
                                anyOf("--status", "status", "For example ACTIVE.")));
        inputs.addAll(Verbs.cursor());
        return inputs;
    }
}
