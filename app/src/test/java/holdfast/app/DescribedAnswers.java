package holdfast.app;

import static holdfast.app.ApiDocument.map;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.app.ApiDocument.Operation;
import holdfast.app.Person.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks as one person, holds each answer against what its operation describes, and remembers what was asked.
final class DescribedAnswers {
    private final TreeSet<String> answered = new TreeSet<>();
    private final TreeMap<String, List<String>> differences = new TreeMap<>();
    private final ApiDocument document;
    private final Schemas schemas;
    private final Person admin;

    DescribedAnswers(ApiDocument document, Person admin) {
        this.document = document;
        this.schemas = new Schemas(document);
        this.admin = admin;
    }

    /// {@return by operation and status, what an answer has that is not described}
    SortedMap<String, List<String>> differences() {
        return differences;
    }

    /// {@return operations that never answered well}
    Set<String> missing() {
        var missing = new TreeSet<>(document.operations().stream().map(Operation::id).toList());
        missing.removeAll(answered);
        return missing;
    }

    /// One that takes a name in its path, and a body.
    Reply call(String id, String value, Map<String, ?> body)
            throws IOException, InterruptedException {
        return send(id, value, Optional.of(body), Map.of());
    }

    Reply get(String id) throws IOException, InterruptedException {
        return send(id, "", Optional.empty(), Map.of());
    }

    Reply call(String id, Object body) throws IOException, InterruptedException {
        return send(id, "", Optional.of(body), Map.of());
    }

    Reply call(String id, String place, String value) throws IOException, InterruptedException {
        assertThat(operation(id).path()).contains(place);
        return send(id, value, Optional.empty(), Map.of());
    }

    /// @param values of the path, in order, joined by `/`
    Reply send(String id, String values, Optional<Object> body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var operation = operation(id);
        var path = operation.path();
        for (var value : values.split("/", -1)) {
            path = path.replaceFirst("\\{[a-z]+}", value);
        }
        return keep(id, admin.send(operation.method(), path, body, headers));
    }

    private Operation operation(String id) {
        return document.operations().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /// Holds one answer against what the operation describes.
    Reply keep(String id, Reply reply) {
        var responses = map(operation(id).body().get("responses"));
        var status = Integer.toString(reply.status());
        if (reply.status() < 400) {
            answered.add(id);
        }
        var described = responses.getOrDefault(status, responses.get("default"));
        if (described == null || (reply.status() < 400 && !responses.containsKey(status))) {
            differences.put(
                    id, List.of("answers " + status + ", which is not described: " + reply.text()));
            return reply;
        }
        var found = new java.util.ArrayList<String>();
        if (reply.status() >= 400) {
            found.addAll(schemas.differences(document.schema("Problem"), reply.json()));
            if (!id.equals("me")) {
                found.add("refused: " + reply.text());
            }
        } else if (map(described).containsKey("content")) {
            found.addAll(content(map(map(described).get("content")), reply));
        } else if (reply.answer().body().length > 0) {
            found.add("has a body that is not described");
        }
        if (!found.isEmpty()) {
            differences.put(id + " " + status, found);
        }
        return reply;
    }

    private List<String> content(Map<String, Object> content, Reply reply) {
        var type = reply.header("Content-Type").split(";", 2)[0];
        if (!content.containsKey(type)) {
            return List.of("is " + type + ", described are " + content.keySet());
        }
        if (!type.equals("application/json")) {
            return List.of();
        }
        JsonNode json = new JsonMapper().readTree(reply.answer().body());
        return schemas.differences(map(map(content.get(type)).get("schema")), json);
    }
}
