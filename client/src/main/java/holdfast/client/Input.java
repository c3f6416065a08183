package holdfast.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Something a person gives a command, and where the request carries it.
sealed interface Input {
    /// The option that names a user by name or id.
    String PERSON = "--person";

    /// The option that names a machine in the place of a person.
    String PROGRAM = "--machine";

    /// {@return the name in the request: of a segment of the path, of a query parameter, or `a.b` in the body}
    String member();

    /// {@return what the help says}
    String help();

    /// Where in a request.
    enum Part {
        PATH,
        QUERY,
        BODY
    }

    /// How often an option may stand, and whether it has a value.
    enum Kind {
        ONE,
        MANY,
        SWITCH
    }

    /// A word in its place on the command line; names of things are turned into ids.
    record Argument(
            String label, Part part, String member, String help, Function<String, Object> meaning)
            implements Input {}

    /// What the request says unless another input says it.
    record Unless(Part part, String member, Object value) implements Input {
        @Override
        public String help() {
            return "";
        }
    }

    /// `--name VALUE`.
    ///
    /// @param meaning what goes into the request for what was typed
    record Choice(
            String name,
            Part part,
            String member,
            Kind kind,
            String help,
            Function<String, Object> meaning)
            implements Input {}

    /// A value that never stands on a command line: read from `--name FILE` (`-` is standard input), or asked for.
    ///
    /// @param with the option that makes it needed, or `option=value`, or `!option` that makes it needless; empty when it
    ///             always is needed
    record Secret(String name, String member, Optional<String> with, String help)
            implements Input {}

    static Argument path(String label, String member, String help) {
        return new Argument(label, Part.PATH, member, help, text -> text);
    }

    static Argument word(String label, String member, String help) {
        return new Argument(label, Part.BODY, member, help, text -> text);
    }

    /// A word in its place that goes into the query.
    static Argument asked(String label, String member, String help) {
        return new Argument(label, Part.QUERY, member, help, text -> text);
    }

    /// A switch in the query.
    static Choice counted(String name, String member, String help) {
        return new Choice(name, Part.QUERY, member, Kind.SWITCH, help, _ -> true);
    }

    /// A member of the body that stands in a file.
    static Choice json(String name, String member, String help) {
        return new Choice(name, Part.BODY, member, Kind.ONE, help, Files::json);
    }

    static Choice query(String name, String member, String help) {
        return new Choice(name, Part.QUERY, member, Kind.ONE, help, text -> text);
    }

    static Choice anyOf(String name, String member, String help) {
        return new Choice(
                name, Part.QUERY, member, Kind.MANY, help + " Repeat for several.", text -> text);
    }

    static Choice body(String name, String member, String help) {
        return new Choice(name, Part.BODY, member, Kind.ONE, help, text -> text);
    }

    static Choice listed(String name, String member, String help) {
        return new Choice(
                name, Part.BODY, member, Kind.MANY, help + " Repeat for several.", text -> text);
    }

    static Choice number(String name, String member, String help) {
        return new Choice(name, Part.BODY, member, Kind.ONE, help, text -> whole(name, text));
    }

    static Choice onOff(String name, String member, String help) {
        return new Choice(name, Part.BODY, member, Kind.SWITCH, help, _ -> true);
    }

    static Secret secret(String name, String member, String help) {
        return new Secret(name, member, Optional.empty(), help);
    }

    /// {@return inputs of one source of an environment}
    ///
    /// @param option for example `sddc-manager`
    static List<Input> source(String option, String member, String whose) {
        var name = "--" + option;
        return List.of(
                body(name + "-host", member + ".host", "Name or address of " + whose + "."),
                number(name + "-port", member + ".port", "Its port; 443 unless said."),
                body(name + "-user", member + ".username", "Who signs in there."),
                new Secret(
                        name + "-password-file",
                        member + ".password",
                        Optional.of(name + "-host"),
                        "A file with the password; - is standard input."),
                trust(
                        name + "-fingerprint",
                        member,
                        "PIN",
                        "fingerprint",
                        "Believe this certificate only (SHA-256)."),
                new Choice(
                        name + "-ca-file",
                        Part.BODY,
                        member + ".trust",
                        Kind.ONE,
                        "Believe the authorities in this PEM file.",
                        file -> Map.of("mode", "CA", "caPem", Files.text(file))),
                new Choice(
                        name + "-trust",
                        Part.BODY,
                        member + ".trust",
                        Kind.ONE,
                        "SYSTEM believes the system's authorities; OFF believes anybody.",
                        mode -> Map.of("mode", mode)),
                number(
                        name + "-schedule",
                        member + ".scheduleMinutes",
                        "Minutes between syncs, 5-1440; 0 is off."));
    }

    static Choice trust(String name, String member, String mode, String key, String help) {
        return new Choice(
                name,
                Part.BODY,
                member.isEmpty() ? "trust" : member + ".trust",
                Kind.ONE,
                help,
                value -> Map.of("mode", mode, key, value));
    }

    static Object whole(String name, String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException _) {
            throw Stopped.usedWrongly("%s: must be a whole number, is '%s'".formatted(name, text));
        }
    }
}
