package holdfast.client;

import static holdfast.client.Input.body;
import static holdfast.client.Input.path;
import static holdfast.client.Input.query;
import static holdfast.client.Input.word;

import java.util.List;
import java.util.Map;

/// Commands of machines, which act by tokens of their own.
final class MachineVerbs {
    private static final String ALL = "/api/machines";
    private static final String ONE = ALL + "/{machine}";
    private static final String TOKENS = ONE + "/tokens";
    private static final Input.Argument MACHINE =
            path("MACHINE", "machine", "The machine: name or id.");

    private MachineVerbs() {}

    static List<Verb> all() {
        var known =
                List.of(
                        body("--description", "description", "What it is and whose."),
                        new Input.Choice(
                                "--role",
                                Input.Part.BODY,
                                "role",
                                Input.Kind.ONE,
                                "What it may do everywhere, for example READ_ONLY; - for no role.",
                                name -> name.equals("-") ? Map.of() : name));
        return List.of(
                Verb.get("machine list", "Machines.", ALL)
                        .takes(
                                query(
                                        "--search",
                                        "q",
                                        "Text that must occur; case does not count."),
                                query("--role", "role", "Only this role."),
                                query("--state", "state", "ACTIVE or DISABLED."))
                        .takes(Verbs.cursor())
                        .table("id", "name", "role", "state", "lastUsed", "description"),
                Verb.get("machine show", "One machine.", ONE).takes(MACHINE),
                Verb.post(
                                "machine create",
                                "Makes a machine; without a role it may do what grants and shares"
                                        + " allow.",
                                ALL)
                        .takes(word("NAME", "name", "What it is called; it stays."))
                        .takes(known),
                Verb.change(
                                "machine edit",
                                "Changes description or role.",
                                ONE,
                                "description",
                                "role")
                        .takes(MACHINE)
                        .takes(known),
                Verb.delete("machine delete", "Deletes a machine, with tokens and rights.", ONE)
                        .takes(MACHINE),
                Verb.post("machine disable", "Ends its tokens, at once.", ONE + "/disable")
                        .takes(MACHINE),
                Verb.post("machine enable", "Lets its tokens in again.", ONE + "/enable")
                        .takes(MACHINE),
                Verb.get("machine tokens", "The tokens of a machine.", TOKENS)
                        .takes(MACHINE)
                        .table("id", "name", "prefix", "permissions", "expires", "lastUsed"),
                Verb.post(
                                "machine create-token",
                                "Makes a token of a machine and prints its secret, once.",
                                TOKENS)
                        .takes(MACHINE)
                        .takes(Verbs.token())
                        .value("secret"),
                Verb.delete(
                                "machine revoke-token",
                                "Revokes a token of a machine, at once.",
                                TOKENS + "/{token}")
                        .takes(MACHINE, path("TOKEN", "token", "The token: name or id.")));
    }
}
