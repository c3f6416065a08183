package holdfast.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads requests strictly and writes the appliance's notation.
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /// ISO 8601 in UTC, always with milliseconds.
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    /// @throws Refused 400 when `text` is no JSON
    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException malformed) {
            throw Refused.badRequest("The body is not JSON.");
        }
    }

    /// Reads a body that must be sent as JSON and may have no members but `members`.
    ///
    /// @throws Refused 415, 400
    static ObjectNode readObject(Request request, Set<String> members) {
        requireJson(request);
        if (read(request.body()) instanceof ObjectNode object) {
            return onlyWith(object, members);
        }
        throw Refused.badRequest("The body must be a JSON object.");
    }

    /// @throws Refused 415: without the header the appliance does not read a body
    static void requireJson(Request request) {
        requireType(request, "application/json");
    }

    /// @throws Refused 415 for another content type than `wanted`
    static void requireType(Request request, String wanted) {
        var type = request.header("Content-Type").orElse("");
        if (!type.equals(wanted) && !type.startsWith(wanted + ";")) {
            throw new Refused(
                    new Trouble(
                                    "UNSUPPORTED_MEDIA_TYPE",
                                    "BAD_REQUEST",
                                    "Content type '" + type + "' is not supported.")
                            .reply(415));
        }
    }

    static ObjectNode onlyWith(ObjectNode object, Set<String> members) {
        var strangers = new HashSet<String>(object.propertyNames());
        strangers.removeAll(members);
        if (!strangers.isEmpty()) {
            throw Refused.badRequest("Unknown members " + strangers + ".");
        }
        return object;
    }

    /// @throws Refused 400 when it is absent, null, no string or empty
    static String required(ObjectNode object, String member) {
        return optional(object, member)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> Refused.badRequest(member + " is required."));
    }

    /// @throws Refused 400 when it is there and no string
    static Optional<String> optional(ObjectNode object, String member) {
        var value = object.get(member);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw Refused.badRequest(member + " must be a string.");
        }
        return Optional.of(value.stringValue());
    }

    /// @throws Refused 400 when it is absent, empty or no array of objects
    static List<ObjectNode> objects(ObjectNode object, String member) {
        if (!(object.get(member) instanceof ArrayNode array) || array.isEmpty()) {
            throw Refused.badRequest(member + " is required.");
        }
        return array.valueStream()
                .map(element -> {
                    if (element instanceof ObjectNode one) {
                        return one;
                    }
                    throw Refused.badRequest(member + " must hold objects.");
                })
                .toList();
    }

    static ArrayNode strings(List<String> texts) {
        var array = array();
        texts.forEach(array::add);
        return array;
    }
}
