package holdfast.client;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Members of JSON by dotted names, for example `sddcManager.trust.mode`.
final class Tree {
    private Tree() {}

    static JsonNode at(JsonNode json, String name) {
        var node = json;
        for (var part : name.split("\\.", -1)) {
            node = node.path(part);
        }
        return node;
    }

    static void put(ObjectNode json, String name, JsonNode value) {
        parent(json, name).set(last(name), value);
    }

    static void remove(ObjectNode json, String name) {
        parent(json, name).remove(last(name));
    }

    private static ObjectNode parent(ObjectNode json, String name) {
        var node = json;
        var parts = name.split("\\.", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            node =
                    node.get(parts[i]) instanceof ObjectNode there
                            ? there
                            : node.putObject(parts[i]);
        }
        return node;
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
