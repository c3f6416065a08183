package holdfast.client;

import java.io.PrintWriter;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Sends a request and shows what came back.
///
/// @param json the answer as it is
/// @param all  every window of a list
record Display(PrintWriter out, Verb.View view, boolean json, boolean all) {
    /// {@return whether the answer is a success}
    boolean show(Api api, Composed.Request request) {
        var answer = api.send(request.method(), request.path(), request.body(), request.headers());
        var shown = answer.json();
        var text = answer.text();
        if (all && shown instanceof ObjectNode first) {
            shown = windows(api, request, first);
            text = shown.toString();
        }
        if (json) {
            out.println(text);
        } else {
            var page = new Page(out);
            switch (view.shape()) {
                case TABLE -> page.table(shown, view.columns());
                case VALUE ->
                        out.println(
                                view.columns().stream()
                                        .map(name -> Tree.at(answer.json(), name).asString(""))
                                        .filter(value -> !value.isEmpty())
                                        .findFirst()
                                        .orElse(""));
                case SHEET -> page.sheet(text.isEmpty() ? done() : shown);
                case NOTHING, FILE -> page.sheet(done());
            }
        }
        out.flush();
        return view.fine().test(shown);
    }

    private static ObjectNode done() {
        return Api.JSON.createObjectNode().put("done", true);
    }

    private static ObjectNode windows(Api api, Composed.Request request, ObjectNode first) {
        var window = first;
        var items = (ArrayNode) first.path("items");
        for (var next = window.path("next").asString("");
                !next.isEmpty();
                next = window.path("next").asString("")) {
            var after = request.after(next);
            window =
                    (ObjectNode)
                            api.send(after.method(), after.path(), after.body(), after.headers())
                                    .json();
            window.path("items").forEach(items::add);
        }
        first.remove("next");
        return first;
    }
}
