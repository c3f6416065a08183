package holdfast.client;

import static holdfast.client.Input.body;
import static holdfast.client.Input.json;
import static holdfast.client.Input.path;
import static holdfast.client.Input.query;
import static holdfast.client.Input.word;

import java.util.List;
import java.util.Map;

/// Commands of tenants, for administrators of the platform.
final class TenantVerbs {
    private static final Input.Argument TENANT =
            path("TENANT", "tenant", "The tenant: its name or id.");
    private static final String ALL = "/api/tenants";
    private static final String ONE = ALL + "/{tenant}";

    private TenantVerbs() {}

    static List<Verb> all() {
        return List.of(
                Verb.get("tenant list", "Tenants, by name.", ALL)
                        .takes(
                                query("--search", "q", "Text that must occur."),
                                query("--tier", "tier", "Only this tier."),
                                query("--status", "status", "For example SUSPENDED."))
                        .takes(Verbs.cursor())
                        .table("name", "tier", "status", "created", "id"),
                Verb.post("tenant create", "Makes a tenant.", ALL)
                        .takes(word("NAME", "name", "A name of its own; it never changes."))
                        .takes(new Input.Unless(Input.Part.BODY, "tier", "BASIC"))
                        .takes(rules()),
                Verb.get("tenant show", "One tenant.", ONE).takes(TENANT),
                Verb.change("tenant edit", "Changes what is given.", ONE, "tier", "rules")
                        .takes(TENANT)
                        .takes(rules()),
                Verb.post("tenant suspend", "Refuses every request in it.", ONE + "/suspend")
                        .takes(TENANT),
                Verb.post("tenant resume", "Serves it again.", ONE + "/activate").takes(TENANT),
                Verb.get("tenant quotas", "What it uses, and the most.", ONE + "/quotas")
                        .takes(TENANT)
                        .table("quota", "used", "limit", "overridden"),
                new Verb(
                                "tenant limit",
                                "Sets limits apart from the tier's; those not named follow it again.",
                                new Verb.Operation("PUT", ONE + "/quotas", List.of(), ""),
                                List.of(),
                                new Verb.View(Verb.Shape.SHEET, List.of(), _ -> true))
                        .takes(TENANT)
                        .takes(new Input.Unless(Input.Part.BODY, "limits", List.of()))
                        .takes(
                                new Input.Choice(
                                        "--limit",
                                        Input.Part.BODY,
                                        "limits",
                                        Input.Kind.MANY,
                                        "For example CREDENTIALS=500 or API_CALLS=none. Repeat for"
                                                + " several.",
                                        TenantVerbs::limit))
                        .table("quota", "used", "limit", "overridden"),
                Verb.get("tenant usage", "What it used, day by day.", ONE + "/usage")
                        .takes(TENANT)
                        .takes(days()),
                Verb.get("usage", "What your tenant used, day by day.", "/api/usage").takes(days()),
                Verb.get("tenant users", "Who belongs to it.", ONE + "/users")
                        .takes(TENANT)
                        .takes(Verbs.cursor())
                        .table("username", "role", "added", "expires"),
                Verb.post("tenant add-user", "Gives a user a role in it.", ONE + "/users")
                        .takes(TENANT)
                        .takes(word("USERNAME", "username", "Whom."))
                        .takes(word("ROLE", "role", "For example ADMIN."))
                        .takes(
                                body("--expires", "expires", "Until then; needed for yourself."),
                                metadata()),
                Verb.delete(
                                "tenant remove-user",
                                "Takes every role in it from a user.",
                                ONE + "/users/{user}")
                        .takes(TENANT)
                        .takes(path("USER", "user", "The id of the user.")),
                Verb.delete(
                                "tenant delete",
                                "Deletes it: its keys are destroyed, and what they sealed is"
                                        + " unreadable for ever.",
                                ONE)
                        .takes(TENANT)
                        .takes(query("--name", "name", "The name, typed again.")));
    }

    private static List<Input> rules() {
        return List.of(
                body("--tier", "tier", "FREE, BASIC, PROFESSIONAL or ENTERPRISE."),
                json(
                        "--rules-file",
                        "rules",
                        "A file with a JSON object: addresses, sharing, autoRotation, caching, backends."),
                metadata());
    }

    private static Input metadata() {
        return json("--metadata-file", "metadata", "A file with a JSON object of texts.");
    }

    private static List<Input> days() {
        return List.of(
                query("--from", "from", "The first day, for example 2026-11-01."),
                query("--to", "to", "The last day."));
    }

    private static Object limit(String text) {
        var pair = text.split("=", 2);
        if (pair.length < 2) {
            throw Stopped.usedWrongly("--limit: say QUOTA=NUMBER, is '%s'".formatted(text));
        }
        return pair[1].equals("none")
                ? Map.of("quota", pair[0])
                : Map.of("quota", pair[0], "limit", Input.whole("--limit", pair[1]));
    }
}
