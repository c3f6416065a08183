package holdfast.app;

import static holdfast.app.ApiDocument.map;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Holds JSON against the schemas of `openapi.yaml`: the keywords that page uses, and nothing it does not describe.
///
/// Stricter than JSON Schema in one point: a member that no schema names is a finding, unless the schema says
/// `additionalProperties`.
record Schemas(ApiDocument document) {
    /// {@return every difference, each with its JSON pointer}
    List<String> differences(Map<String, Object> schema, JsonNode value) {
        var found = new ArrayList<String>();
        check("", schema, value, found);
        return found;
    }

    private void check(String at, Map<String, Object> schema, JsonNode value, List<String> found) {
        if (schema.get("$ref") instanceof String reference) {
            check(
                    at,
                    document.schema(reference.substring(reference.lastIndexOf('/') + 1)),
                    value,
                    found);
            return;
        }
        if (schema.get("oneOf") instanceof List<?> choices) {
            long fitting =
                    choices.stream().filter(one -> differences(map(one), value).isEmpty()).count();
            if (fitting != 1) {
                found.add(at + " fits " + fitting + " of the choices");
            }
            return;
        }
        if (schema.get("enum") instanceof List<?> values && !values.contains(value.asString(""))) {
            found.add(at + " is '" + value + "', none of " + values);
        }
        if (schema.containsKey("const")
                && !schema.get("const").toString().equals(value.asString(""))) {
            found.add(at + " is " + value + ", not " + schema.get("const"));
        }
        switch (String.valueOf(schema.get("type"))) {
            case "object" -> object(at, schema, value, found);
            case "array" -> {
                require(value.isArray(), at, "is no array", found);
                if (schema.containsKey("items")) {
                    int i = 0;
                    for (var item : value) {
                        check(at + "/" + i++, map(schema.get("items")), item, found);
                    }
                }
            }
            case "string" -> text(at, schema, value, found);
            case "integer" -> number(at, schema, value, found);
            case "boolean" -> require(value.isBoolean(), at, "is no boolean", found);
            default -> found.add(at + ": the schema names no type");
        }
    }

    private void object(String at, Map<String, Object> schema, JsonNode value, List<String> found) {
        require(value.isObject(), at, "is no object", found);
        if (schema.get("required") instanceof List<?> names) {
            names.forEach(name ->
                    require(value.has(name.toString()), at + "/" + name, "is missing", found));
        }
        var described =
                schema.containsKey("properties")
                        ? map(schema.get("properties"))
                        : Map.<String, Object>of();
        var more = schema.get("additionalProperties");
        value.properties()
                .forEach(member -> {
                    var pointer = at + "/" + member.getKey();
                    if (described.get(member.getKey()) instanceof Map<?, ?> known) {
                        check(pointer, map(known), member.getValue(), found);
                    } else if (more instanceof Map<?, ?> any) {
                        check(pointer, map(any), member.getValue(), found);
                    } else {
                        require(Boolean.TRUE.equals(more), pointer, "is not described", found);
                    }
                });
    }

    private static void text(
            String at, Map<String, Object> schema, JsonNode value, List<String> found) {
        require(value.isString(), at, "is no string", found);
        var text = value.asString("");
        if (schema.get("pattern") instanceof String pattern) {
            require(
                    Pattern.compile(pattern).matcher(text).find(),
                    at,
                    "does not match " + pattern,
                    found);
        }
        try {
            switch (String.valueOf(schema.get("format"))) {
                case "uuid" -> UUID.fromString(text);
                case "date-time" -> OffsetDateTime.parse(text);
                case "date" -> LocalDate.parse(text);
                default -> {
                    // for people
                }
            }
        } catch (IllegalArgumentException | DateTimeParseException _) {
            found.add(at + " is no " + schema.get("format"));
        }
    }

    private static void number(
            String at, Map<String, Object> schema, JsonNode value, List<String> found) {
        require(value.isIntegralNumber(), at, "is no whole number", found);
        if (schema.get("minimum") instanceof Number least) {
            require(value.asLong(0) >= least.longValue(), at, "is below " + least, found);
        }
        if (schema.get("maximum") instanceof Number most) {
            require(value.asLong(0) <= most.longValue(), at, "is above " + most, found);
        }
    }

    private static void require(boolean right, String at, String what, List<String> found) {
        if (!right) {
            found.add(at + " " + what);
        }
    }
}
