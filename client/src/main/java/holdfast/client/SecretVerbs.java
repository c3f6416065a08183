package holdfast.client;

import static holdfast.client.Input.anyOf;
import static holdfast.client.Input.body;
import static holdfast.client.Input.json;
import static holdfast.client.Input.listed;
import static holdfast.client.Input.number;
import static holdfast.client.Input.onOff;
import static holdfast.client.Input.path;
import static holdfast.client.Input.query;
import static holdfast.client.Input.word;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Commands of secrets. A change goes on top of the version that is there, or of the one that was given.
final class SecretVerbs {
    private static final Input.Argument SECRET =
            path("SECRET", "id", "The secret: SERVICE/ACCOUNT or its id.");
    private static final String ALL = "/api/secrets";
    private static final String ONE = ALL + "/{id}";

    private SecretVerbs() {}

    static List<Verb> all() {
        var verbs = new ArrayList<Verb>();
        verbs.addAll(found());
        verbs.addAll(opened());
        verbs.addAll(changed());
        verbs.addAll(ended());
        verbs.addAll(made());
        return List.copyOf(verbs);
    }

    private static List<Verb> found() {
        return List.of(
                shown(
                        Verb.get("secret list", "Secrets you may see, without values.", ALL)
                                .takes(
                                        query(
                                                "--search",
                                                "q",
                                                "Beginnings of words of name, tags, notes,"
                                                        + " metadata."))
                                .takes(filters())),
                shown(
                        Verb.get("secret search", "Finds secrets by the beginnings of words.", ALL)
                                .takes(
                                        Input.asked(
                                                "TEXT",
                                                "q",
                                                "Beginnings of words, all must occur."))
                                .takes(filters())),
                Verb.get("secret folders", "The folders below one.", ALL + "/folders")
                        .takes(query("--under", "under", "The folder; the root unless said."))
                        .table("service", "name"),
                Verb.get("secret show", "One secret without its value.", ONE).takes(SECRET),
                Verb.get(
                                "secret versions",
                                "Every version, newest first, without values.",
                                ONE + "/versions")
                        .takes(SECRET)
                        .table(
                                "version",
                                "origin",
                                "kind",
                                "size",
                                "made",
                                "madeBy.name",
                                "change",
                                "active"),
                Verb.get("secret usage", "Who reads it, and which versions.", ONE + "/usage")
                        .takes(SECRET),
                Verb.get("secret compare", "What differs between two versions.", ONE + "/compare")
                        .takes(SECRET)
                        .takes(Input.asked("FROM", "from", "The one version."))
                        .takes(Input.asked("TO", "to", "The other one."))
                        .takes(
                                Input.counted(
                                        "--values", "values", "Of the values, too; recorded.")));
    }

    private static Verb shown(Verb list) {
        return list.table("service", "account", "kind", "version", "tags", "expires", "changed");
    }

    private static List<Input> filters() {
        var inputs =
                new ArrayList<Input>(
                        List.of(
                                query("--service", "service", "What lies in this folder."),
                                anyOf("--tag", "tag", "Has this tag."),
                                query("--state", "state", "ACTIVE, ARCHIVED or DELETED."),
                                query(
                                        "--sort",
                                        "sort",
                                        "name, changed, created or expires; - turns it round."),
                                Input.counted("--count", "total", "Counts all of them, too.")));
        inputs.addAll(Verbs.cursor());
        return inputs;
    }

    private static List<Verb> opened() {
        return List.of(
                Verb.get(
                                "secret get",
                                "Prints the value, for programs; bytes in base64. Recorded first.",
                                ONE + "/value")
                        .takes(SECRET)
                        .takes(query("--version", "version", "The active one unless said."))
                        .value("value", "valueBase64"),
                Verb.post(
                                "secret reveal",
                                "Prints the value, for a person; bytes in base64. Recorded first.",
                                ONE + "/reveal")
                        .takes(SECRET)
                        .takes(
                                new Input.Unless(Input.Part.QUERY, "purpose", "view"),
                                query("--purpose", "purpose", "view or copy; view unless said."),
                                query("--version", "version", "The active one unless said."))
                        .value("value", "valueBase64"));
    }

    private static List<Verb> changed() {
        return List.of(
                Verb.post("secret add", "Stores a new secret.", ALL)
                        .takes(word("SERVICE", "service", "Folder and name, for example prod/db."))
                        .takes(word("ACCOUNT", "account", "Whose it is there."))
                        .takes(value())
                        .takes(details()),
                Verb.post("secret put", "Stores a new value as a new version.", ONE + "/versions")
                        .onTopOf(ONE)
                        .takes(SECRET)
                        .takes(value())
                        .takes(change()),
                Verb.patch("secret edit", "Changes what is known beside the value.", ONE)
                        .onTopOf(ONE)
                        .takes(SECRET)
                        .takes(details())
                        .takes(listed("--clear", "clear", "expires or keepDays is to be no more."))
                        .takes(change()),
                Verb.post(
                                "secret rollback",
                                "Makes a new version with value and details of an older one.",
                                ONE + "/rollback")
                        .onTopOf(ONE)
                        .takes(SECRET)
                        .takes(
                                new Input.Argument(
                                        "VERSION",
                                        Input.Part.BODY,
                                        "version",
                                        "The older version.",
                                        text -> Input.whole("VERSION", text)))
                        .takes(change()),
                Verb.post(
                                "secret import",
                                "Stores up to 1,000 new secrets from a file; exit code 1 when one"
                                        + " was refused.",
                                ALL + "/batch/create")
                        .takes(
                                new Input.Argument(
                                        "FILE",
                                        Input.Part.BODY,
                                        "items",
                                        "A list as JSON, or CSV with a line of names: service,"
                                                + " account, value, notes, tags, expires.",
                                        SecretFile::items))
                        .takes(onOff("--atomic", "atomic", "All or nothing."))
                        .table("index", "status", "id", "version", "problem.detail")
                        .fine(answer -> answer.path("refused").asInt(0) == 0));
    }

    private static List<Verb> ended() {
        return List.of(
                Verb.delete(
                                "secret delete",
                                "Takes it out of use; it can be undeleted for 30 days.",
                                ONE)
                        .onTopOf(ONE)
                        .takes(SECRET),
                Verb.post("secret undelete", "Brings a deleted one back.", ONE + "/undelete")
                        .takes(SECRET),
                Verb.post(
                                "secret destroy",
                                "Removes a deleted one with every version, for good.",
                                ONE + "/destroy")
                        .takes(SECRET));
    }

    private static List<Verb> made() {
        return List.of(
                Verb.post("secret generate", "Makes a value and prints it.", "/api/generate")
                        .takes(
                                body("--template", "template", "For example DATABASE_PASSWORD."),
                                body("--kind", "kind", "For example PASSWORD, PASSPHRASE, PIN."),
                                number("--length", "length", "Characters, 4-256."),
                                listed("--class", "classes", "LOWER, UPPER, DIGITS or SYMBOLS."),
                                new Input.Choice(
                                        "--minimum",
                                        Input.Part.BODY,
                                        "minimum",
                                        Input.Kind.ONE,
                                        "How many of a class, for example digits=2,symbols=1.",
                                        SecretVerbs::minimum),
                                body("--symbols", "symbols", "The allowed ones."),
                                body("--exclude", "exclude", "Characters that must not occur."),
                                number("--max-repeat", "maxRepeat", "Equal ones in a row."),
                                number("--words", "words", "Of a passphrase, 3-20."),
                                body("--separator", "separator", "Between words."),
                                onOff("--capitals", "capitals", "Words begin with capitals."),
                                onOff("--number", "number", "A digit after one of the words."),
                                body("--prefix", "prefix", "Of an API key."),
                                number("--bytes", "bytes", "Of a token, 16-128."),
                                body("--encoding", "encoding", "BASE64, BASE64URL or HEX."),
                                number("--uuid-version", "version", "4 or 7."),
                                number("--bits", "bits", "Of a key: 128, 192 or 256."),
                                body("--algorithm", "algorithm", "Of a key pair."),
                                body("--form", "form", "Of a key pair: SSH or TLS."),
                                body("--comment", "comment", "Of a key pair."))
                        .value("value"),
                Verb.post(
                                "secret strength",
                                "How hard a value is to guess. Keeps nothing.",
                                "/api/strength")
                        .takes(
                                Input.secret(
                                        "--value-file",
                                        "value",
                                        "A file with the value; - is standard input.")));
    }

    static List<Input> value() {
        return List.of(
                new Input.Secret(
                        "--value-file",
                        "value",
                        Optional.of("!--bytes-file"),
                        "A file with the value as text; - is standard input. Asked for when not"
                                + " given."),
                new Input.Choice(
                        "--bytes-file",
                        Input.Part.BODY,
                        "valueBase64",
                        Input.Kind.ONE,
                        "A file with the value as bytes, instead.",
                        Files::base64));
    }

    static List<Input> change() {
        return List.of(
                body("--change", "change", "What you say of it."),
                number(
                        "--expected-version",
                        "expectedVersion",
                        "The version this is made from; the newest unless said."));
    }

    static List<Input> details() {
        return List.of(
                body("--notes", "notes", "What people should know."),
                listed("--tag", "tags", "A tag."),
                json("--metadata-file", "metadata", "A file with a JSON object; nothing secret."),
                body("--expires", "expires", "A time, for example 2027-01-01T00:00:00Z."),
                body("--on-expiry", "onExpiry", "What becomes of it then, for example WARN."),
                number("--keep-versions", "keepVersions", "The newest that are kept, 1-100."),
                number("--keep-days", "keepDays", "Older versions go, 1-3650."));
    }

    private static Map<String, Object> minimum(String text) {
        var all = new LinkedHashMap<String, Object>();
        for (var part : text.split(",", -1)) {
            var pair = part.split("=", 2);
            if (pair.length < 2) {
                throw Stopped.usedWrongly("--minimum: say CLASS=NUMBER, is '%s'".formatted(part));
            }
            all.put(pair[0].strip(), Input.whole("--minimum", pair[1].strip()));
        }
        return all;
    }
}
