package holdfast.client;

import static holdfast.client.Input.body;
import static holdfast.client.Input.json;
import static holdfast.client.Input.listed;
import static holdfast.client.Input.path;
import static holdfast.client.Input.query;
import static holdfast.client.Input.word;

import java.util.List;
import java.util.Map;

/// Commands of rights: roles, who has them, grants on paths, and the explanations.
final class AccessVerbs {
    private static final Input.Argument ROLE = path("ROLE", "role", "The name of the role.");
    private static final String ROLES = "/api/access/roles";
    private static final String GRANTS = "/api/access/grants";
    private static final String ASSIGNMENTS = "/api/access/assignments";

    private AccessVerbs() {}

    static List<Verb> all() {
        return java.util.stream.Stream.of(roles(), grants(), explained())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Verb> roles() {
        var role =
                List.of(
                        listed("--permission", "permissions", "For example READ_SECRET."),
                        body("--description", "description", "What it is for."),
                        metadata());
        return List.of(
                Verb.get("access roles", "Roles, built in and your own.", ROLES)
                        .takes(Verbs.cursor())
                        .table("name", "builtIn", "holders", "description"),
                Verb.get("access role", "One role with its permissions.", ROLES + "/{role}")
                        .takes(ROLE),
                Verb.post("access add-role", "Makes a role.", ROLES)
                        .takes(word("NAME", "name", "A name of its own."))
                        .takes(role),
                Verb.change(
                                "access edit-role",
                                "Changes a role; holds at once for all who have it.",
                                ROLES + "/{role}",
                                "permissions",
                                "description",
                                "metadata")
                        .takes(ROLE)
                        .takes(role),
                Verb.delete("access delete-role", "Deletes a role nobody has.", ROLES + "/{role}")
                        .takes(ROLE),
                Verb.get("access assignments", "Who has which role.", ASSIGNMENTS)
                        .takes(person("principal"), query("--role", "role", "Only this role."))
                        .takes(Verbs.cursor())
                        .table("name", "kind", "role", "granted", "grantedByName", "expires"),
                Verb.post("access assign", "Gives somebody one more role.", ASSIGNMENTS)
                        .takes(
                                new Input.Argument(
                                        "USER",
                                        Input.Part.BODY,
                                        "principal",
                                        "The user or machine: name or id.",
                                        text -> text))
                        .takes(word("ROLE", "role", "The name of the role."))
                        .takes(
                                body("--kind", "kind", "USER or MACHINE; USER unless said."),
                                body("--expires", "expires", "Until then; for good unless said."),
                                metadata()),
                Verb.delete(
                                "access unassign",
                                "Takes a role back, at once.",
                                ASSIGNMENTS + "/{principal}/{role}")
                        .takes(path("USER", "principal", "The user or machine: name or id."))
                        .takes(ROLE));
    }

    private static List<Verb> grants() {
        return List.of(
                Verb.get("access grants", "Rights and denials on paths.", GRANTS)
                        .takes(
                                person("principal"),
                                query("--role", "role", "Only those of this role."),
                                query("--effect", "effect", "ALLOW or DENY."))
                        .takes(Verbs.cursor())
                        .table(
                                "id",
                                "effect",
                                "permissions",
                                "pattern",
                                "subject.name",
                                "subject.role",
                                "expires"),
                Verb.post(
                                "access grant",
                                "Gives a right on a path, or denies it; a denial wins.",
                                GRANTS)
                        .takes(word("PATTERN", "pattern", "For example secrets/prod/**."))
                        .takes(new Input.Unless(Input.Part.BODY, "effect", "ALLOW"))
                        .takes(
                                listed("--permission", "permissions", "For example REVEAL_SECRET."),
                                body("--effect", "effect", "ALLOW or DENY; ALLOW unless said."),
                                new Input.Choice(
                                        Input.PERSON,
                                        Input.Part.BODY,
                                        "subject",
                                        Input.Kind.ONE,
                                        "To this user: name or id.",
                                        id -> Map.of("kind", "USER", "id", id)),
                                new Input.Choice(
                                        Input.PROGRAM,
                                        Input.Part.BODY,
                                        "subject",
                                        Input.Kind.ONE,
                                        "To this machine: name or id.",
                                        id -> Map.of("kind", "MACHINE", "id", id)),
                                new Input.Choice(
                                        "--role",
                                        Input.Part.BODY,
                                        "subject",
                                        Input.Kind.ONE,
                                        "To whoever has this role.",
                                        role -> Map.of("kind", "ROLE", "role", role)),
                                body("--expires", "expires", "Until then; for good unless said."),
                                metadata()),
                Verb.delete("access revoke", "Takes a grant back, at once.", GRANTS + "/{grant}")
                        .takes(path("GRANT", "grant", "The id of the grant.")));
    }

    private static List<Verb> explained() {
        var action = Input.asked("PERMISSION", "action", "For example REVEAL_SECRET.");
        var resource = Input.asked("RESOURCE", "resource", "For example secrets/prod/db/root.");
        return List.of(
                Verb.get(
                                "access why",
                                "Why somebody may, or may not; exit code 1 when not.",
                                "/api/access/explain")
                        .takes(action, resource)
                        .takes(person("principal"))
                        .fine(answer -> answer.path("allowed").asBoolean(false)),
                Verb.get("access who", "Everybody who may, and by what.", "/api/access/who")
                        .takes(action, resource)
                        .takes(Verbs.cursor())
                        .table("name", "kind", "reason", "role", "sentence"));
    }

    private static Input.Choice person(String member) {
        return query(Input.PERSON, member, "Of this user or machine: name or id.");
    }

    private static Input metadata() {
        return json("--metadata-file", "metadata", "A file with a JSON object of texts.");
    }
}
