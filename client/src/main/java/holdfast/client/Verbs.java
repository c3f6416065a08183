package holdfast.client;

import static holdfast.client.Input.anyOf;
import static holdfast.client.Input.body;
import static holdfast.client.Input.listed;
import static holdfast.client.Input.number;
import static holdfast.client.Input.path;
import static holdfast.client.Input.query;
import static holdfast.client.Input.secret;
import static holdfast.client.Input.word;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The catalogue of commands, but for those of environments ([EnvironmentVerbs]) and of the ledger ([AuditVerbs]).
final class Verbs {
    private static final Input.Argument ENVIRONMENT =
            path("ENVIRONMENT", "id", "The environment: its name or id.");
    static final Input.Argument CREDENTIAL =
            path("CREDENTIAL", "credential", "The credential: its id, or RESOURCE/USERNAME.");
    private static final Input.Argument USER = path("USER", "user", "The user: name or id.");
    private static final Input.Argument TOKEN = path("TOKEN", "token", "The token: name or id.");
    private static final Input.Argument JOB = path("JOB", "job", "The job: name or id.");

    private Verbs() {}

    /// {@return what each group of commands is for, in the order of the help}
    static Map<String, String> groups() {
        var groups = new LinkedHashMap<String, String>();
        groups.put("env", "Environments: their sources, syncs and configuration.");
        groups.put("credential", "Credentials: find, reveal, export.");
        groups.put("secret", "Secrets: find, read, change, bring in from a file.");
        groups.put("share", "Shares and temporary links.");
        groups.put("access", "Rights: roles, grants on paths, who may and why.");
        groups.put("tenant", "Tenants: tiers, quotas, users, suspension, deletion.");
        groups.put("audit", "The ledger, as the server shows it.");
        groups.put("job", "Background work.");
        groups.put("user", "People.");
        groups.put("machine", "Programs with rights of their own, and their tokens.");
        groups.put("token", "Your API tokens.");
        groups.put("session", "Sessions in browsers.");
        groups.put("seal", "How the root key is unsealed.");
        groups.put("settings", "Settings of the tenant.");
        return groups;
    }

    static List<Verb> all() {
        return Stream.of(
                        server(),
                        EnvironmentVerbs.all(),
                        credentials(),
                        SecretVerbs.all(),
                        ShareVerbs.all(),
                        AccessVerbs.all(),
                        TenantVerbs.all(),
                        AuditVerbs.all(),
                        jobs(),
                        users(),
                        MachineVerbs.all(),
                        tokens(),
                        keys())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Verb> server() {
        return List.of(
                Verb.get("whoami", "Who is signed in, and what they may do.", "/api/me"),
                Verb.get(
                                "status",
                                "How the server is; exit code 1 when unhealthy.",
                                "/api/system/health")
                        .fine(health -> !health.path("status").asString("").equals("UNHEALTHY")));
    }

    private static List<Verb> credentials() {
        return List.of(
                Verb.get(
                                "credential list",
                                "Credentials of an environment, without values.",
                                "/api/environments/{id}/credentials")
                        .takes(ENVIRONMENT)
                        .takes(filters())
                        .takes(window())
                        .table(
                                "id",
                                "resourceType",
                                "resourceName",
                                "username",
                                "credentialType",
                                "source",
                                "expiryState",
                                "drift"),
                Verb.get(
                                "credential search",
                                "Credentials of all environments, without values.",
                                "/api/credentials")
                        .takes(filters())
                        .takes(window())
                        .table(
                                "id",
                                "environmentName",
                                "resourceType",
                                "resourceName",
                                "username",
                                "credentialType",
                                "expiryState"),
                Verb.get(
                                "credential show",
                                "One credential without its value.",
                                "/api/environments/{id}/credentials/{credential}")
                        .takes(ENVIRONMENT, CREDENTIAL),
                Verb.get(
                                "credential history",
                                "Every version, newest first, without values.",
                                "/api/environments/{id}/credentials/{credential}/history")
                        .takes(ENVIRONMENT, CREDENTIAL)
                        .table("version", "seen", "replaced", "trigger", "startedBy", "current"),
                Verb.post(
                                "credential reveal",
                                "Prints one value. It is recorded first.",
                                "/api/environments/{id}/credentials/{credential}/reveal")
                        .takes(ENVIRONMENT, CREDENTIAL)
                        .takes(
                                new Input.Unless(Input.Part.QUERY, "purpose", "view"),
                                query("--purpose", "purpose", "view or copy; view unless said."),
                                query(
                                        "--version",
                                        "version",
                                        "An older version; the newest unless said."))
                        .value("value"),
                Verb.get(
                                "credential export",
                                "The whole filter with values, as a file.",
                                "/api/environments/{id}/export/{format}")
                        .takes(ENVIRONMENT)
                        .takes(
                                new Input.Unless(Input.Part.PATH, "format", "csv"),
                                new Input.Choice(
                                        "--format",
                                        Input.Part.PATH,
                                        "format",
                                        Input.Kind.ONE,
                                        "csv, xlsx, json or yaml; csv unless said.",
                                        text -> text.equals("xlsx") ? "excel" : text),
                                query(
                                        "--guard",
                                        "guard",
                                        "true puts ' before cells a spreadsheet would compute"
                                                + " (csv)."))
                        .takes(filters())
                        .file(),
                sealed(
                                "credential keepass",
                                "The whole filter with values, as a KeePass database.",
                                "/api/environments/{id}/export/keepass")
                        .takes(filters()),
                sealed(
                        "credential break-glass",
                        "What opens the environment when nothing else does, as a KeePass database.",
                        "/api/environments/{id}/export/break-glass"));
    }

    private static Verb sealed(String words, String about, String path) {
        return Verb.post(words, about, path)
                .takes(ENVIRONMENT)
                .takes(
                        secret(
                                "--passphrase-file",
                                "passphrase",
                                "A file with the passphrase of the database; - is standard input."))
                .file();
    }

    private static List<Input> filters() {
        return List.of(
                query("--search", "q", "Text that must occur; case does not count."),
                anyOf("--resource-type", "resourceType", "For example ESXI, VCENTER."),
                anyOf("--credential-type", "credentialType", "For example SSO, SSH, API."),
                anyOf("--account-type", "accountType", "For example USER, SYSTEM, SERVICE."),
                anyOf("--domain", "domain", "Exact name of a workload domain."),
                anyOf("--source", "source", "INSTALLER or SDDC_MANAGER."),
                anyOf("--state", "state", "PRESENT or GONE; PRESENT unless said."),
                anyOf("--drift", "drift", "A finding, for example STILL_BRING_UP."),
                anyOf("--expiry", "expiry", "OK, DUE_SOON, EXPIRED, NEVER or UNKNOWN."),
                query("--sort", "sort", "A column, for example expires; -expires turns it round."));
    }

    static List<Input> window() {
        return List.of(
                query("--limit", "limit", "Rows of one window, 1-1000; 100 unless said."),
                query("--offset", "offset", "Rows to skip."),
                query("--cursor", "cursor", "`next` of the window before."));
    }

    static List<Input> cursor() {
        return List.of(window().get(0), window().get(2));
    }

    private static List<Verb> jobs() {
        return List.of(
                Verb.get("job list", "Background jobs and schedules.", "/api/jobs")
                        .table("name", "title", "next", "last", "running", "lastError"),
                Verb.get("job runs", "What earlier turns came to.", "/api/jobs/{job}/runs")
                        .takes(JOB)
                        .takes(cursor())
                        .table("started", "finished", "status", "error"),
                Verb.post("job run", "Runs a job as soon as possible.", "/api/jobs/{job}/run")
                        .takes(JOB));
    }

    private static List<Verb> users() {
        var password =
                secret(
                        "--password-file",
                        "password",
                        "A file with the first password; - is standard input.");
        var person =
                List.of(
                        body("--role", "role", "ADMIN, OPERATOR, USER, READ_ONLY or AUDITOR."),
                        body("--full-name", "fullName", "The person's name."),
                        body("--email", "email", "The person's e-mail address."));
        return List.of(
                Verb.get("user list", "Users.", "/api/users")
                        .takes(
                                query(
                                        "--search",
                                        "q",
                                        "Text that must occur; case does not count."),
                                query("--role", "role", "Only this role."),
                                query("--state", "state", "ACTIVE, DISABLED or LOCKED."),
                                query(
                                        "--sort",
                                        "sort",
                                        "username, created or lastSignIn; - turns it round."))
                        .takes(cursor())
                        .table(
                                "username",
                                "fullName",
                                "role",
                                "state",
                                "lastSignIn",
                                "mustChangePassword"),
                Verb.get("user show", "One user.", "/api/users/{user}").takes(USER),
                Verb.post(
                                "user create",
                                "Makes a user, who must change the password at the first sign-in.",
                                "/api/users")
                        .takes(word("USERNAME", "username", "The name to sign in with."))
                        .takes(person)
                        .takes(password),
                Verb.change(
                                "user edit",
                                "Changes name, e-mail or role.",
                                "/api/users/{user}",
                                "role",
                                "fullName",
                                "email")
                        .takes(USER)
                        .takes(person),
                Verb.delete(
                                "user delete",
                                "Deletes a user, with sessions and tokens.",
                                "/api/users/{user}")
                        .takes(USER),
                Verb.post(
                                "user disable",
                                "Closes the account and ends its sessions.",
                                "/api/users/{user}/disable")
                        .takes(USER),
                Verb.post("user enable", "Opens the account again.", "/api/users/{user}/enable")
                        .takes(USER),
                Verb.post("user unlock", "Forgets the failed sign-ins.", "/api/users/{user}/unlock")
                        .takes(USER),
                Verb.post(
                                "user reset",
                                "Sets a new password, to be changed at the next sign-in.",
                                "/api/users/{user}/reset")
                        .takes(USER)
                        .takes(
                                secret(
                                        "--password-file",
                                        "password",
                                        "A file with the new password; - is standard input.")));
    }

    private static List<Verb> keys() {
        return List.of(
                Verb.get("seal show", "How the root key is unsealed.", "/api/seal"),
                Verb.change(
                                "seal change",
                                "Moves the root key to another method, online. The configuration"
                                        + " must follow before the next start.",
                                "/api/seal")
                        .takes(
                                body("--to", "method", "key-file, passphrase or shares."),
                                number(
                                        "--threshold",
                                        "threshold",
                                        "With shares: how many open the root key together."),
                                number("--count", "count", "With shares: how many there are."),
                                new Input.Secret(
                                        "--passphrase-file",
                                        "passphrase",
                                        Optional.of("--to=passphrase"),
                                        "A file with the passphrase, 16 characters or more; - is"
                                                + " standard input. Asked for when not given.")));
    }

    /// {@return what a token is made of}
    static List<Input> token() {
        return List.of(
                word("NAME", "name", "What it is for."),
                listed(
                        "--permission",
                        "permissions",
                        "What it may do, for example READ_CREDENTIAL."),
                new Input.Unless(Input.Part.BODY, "expiresInDays", 30),
                number("--days", "expiresInDays", "Days until it ends, 1-365; 30 unless said."),
                listed("--address", "addresses", "A CIDR range it may come from."));
    }

    private static List<Verb> tokens() {
        return List.of(
                Verb.get("token list", "Your API tokens.", "/api/tokens")
                        .takes(query("--user", "user", "The id of another user (administrators)."))
                        .table("id", "name", "prefix", "permissions", "expires", "lastUsed"),
                Verb.post(
                                "token create",
                                "Makes a token and prints its secret, once.",
                                "/api/tokens")
                        .takes(token())
                        .value("secret"),
                Verb.delete("token revoke", "Revokes a token, at once.", "/api/tokens/{token}")
                        .takes(TOKEN),
                Verb.get("session list", "Your sessions, newest use first.", "/api/me/sessions")
                        .table(
                                "id",
                                "created",
                                "lastSeen",
                                "expires",
                                "address",
                                "client",
                                "current"),
                Verb.delete(
                                "session revoke",
                                "Ends one of your sessions.",
                                "/api/me/sessions/{session}")
                        .takes(path("SESSION", "session", "The id of the session.")),
                Verb.get("settings get", "The settings.", "/api/settings"),
                Verb.change(
                                "settings set",
                                "Changes what is given.",
                                "/api/settings",
                                "dueSoonDays",
                                "sessionIdleMinutes",
                                "sessionAbsoluteHours",
                                "removalHoldPercent",
                                "auditRetentionDays",
                                "accent")
                        .takes(
                                number(
                                        "--due-soon-days",
                                        "dueSoonDays",
                                        "From when on an expiry is due soon, 1-365."),
                                number("--session-idle-minutes", "sessionIdleMinutes", "5-1440."),
                                number(
                                        "--session-absolute-hours",
                                        "sessionAbsoluteHours",
                                        "1-168."),
                                number(
                                        "--removal-hold-percent",
                                        "removalHoldPercent",
                                        "A sync that would remove more waits, 1-100."),
                                number("--audit-retention-days", "auditRetentionDays", "30-3650."),
                                body(
                                        "--accent",
                                        "accent",
                                        "BLUE, TEAL, GREEN, VIOLET, MAGENTA or AMBER.")));
    }
}
