package holdfast.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// One command: the operation of `openapi.yaml` it calls, what it takes, what it shows.
///
/// @param words for example `env list`
record Verb(String words, String summary, Operation operation, List<Input> inputs, View view) {
    /// What is called.
    ///
    /// @param path templates in braces, as in `openapi.yaml`
    /// @param keep members of the stored thing that a change sends back as they are
    /// @param seen the path of the stored thing whose version goes along as `If-Match`; empty for none
    record Operation(String method, String path, List<String> keep, String seen) {}

    /// What is shown.
    ///
    /// @param columns of a table, or the one member to print
    /// @param fine    whether the answer is a success; if not, the exit code is 1
    record View(Shape shape, List<String> columns, Predicate<JsonNode> fine) {}

    /// How an answer looks to a person.
    enum Shape {
        TABLE,
        SHEET,
        VALUE,
        FILE,
        NOTHING
    }

    static Verb get(String words, String summary, String path) {
        return of(words, summary, "GET", path, Shape.SHEET);
    }

    static Verb post(String words, String summary, String path) {
        return of(words, summary, "POST", path, Shape.SHEET);
    }

    static Verb patch(String words, String summary, String path) {
        return of(words, summary, "PATCH", path, Shape.SHEET);
    }

    static Verb delete(String words, String summary, String path) {
        return of(words, summary, "DELETE", path, Shape.NOTHING);
    }

    /// Reads what is stored, changes what was given, and sends it back with the version that was read.
    static Verb change(String words, String summary, String path, String... keep) {
        var verb = of(words, summary, "PUT", path, Shape.SHEET);
        return new Verb(
                words,
                summary,
                new Operation("PUT", path, List.of(keep), path),
                List.of(),
                verb.view());
    }

    private static Verb of(String words, String summary, String method, String path, Shape shape) {
        return new Verb(
                words,
                summary,
                new Operation(method, path, List.of(), ""),
                List.of(),
                new View(shape, List.of(), _ -> true));
    }

    Verb takes(Input... more) {
        return takes(List.of(more));
    }

    Verb takes(List<? extends Input> more) {
        var all = new ArrayList<>(inputs);
        all.addAll(more);
        return new Verb(words, summary, operation, List.copyOf(all), view);
    }

    /// {@return the same, made from the version of the thing at this path that is there now}
    Verb onTopOf(String seen) {
        return new Verb(
                words,
                summary,
                new Operation(operation.method(), operation.path(), operation.keep(), seen),
                inputs,
                view);
    }

    /// {@return the same, shown as a table of `items`}
    Verb table(String... columns) {
        return shows(new View(Shape.TABLE, List.of(columns), view.fine()));
    }

    /// {@return the same, showing one member alone, the first of these that is there, so that it can be piped}
    Verb value(String... members) {
        return shows(new View(Shape.VALUE, List.of(members), view.fine()));
    }

    Verb file() {
        return shows(new View(Shape.FILE, List.of(), view.fine()));
    }

    Verb fine(Predicate<JsonNode> test) {
        return shows(new View(view.shape(), view.columns(), test));
    }

    private Verb shows(View other) {
        return new Verb(words, summary, operation, inputs, other);
    }

    List<Input.Argument> arguments() {
        return inputs.stream()
                .filter(Input.Argument.class::isInstance)
                .map(Input.Argument.class::cast)
                .toList();
    }

    List<Input.Choice> choices() {
        return inputs.stream()
                .filter(Input.Choice.class::isInstance)
                .map(Input.Choice.class::cast)
                .toList();
    }

    List<Input.Secret> secrets() {
        return inputs.stream()
                .filter(Input.Secret.class::isInstance)
                .map(Input.Secret.class::cast)
                .toList();
    }

    @Override
    public String toString() {
        return words;
    }
}
