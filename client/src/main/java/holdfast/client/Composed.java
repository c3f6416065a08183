package holdfast.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the request of a [Verb] from what was typed.
final class Composed {
    private static final String PRINCIPAL = "principal";

    private final Verb verb;
    private final VerbCommand.Typed typed;
    private final Api api;
    private final Secrets secrets;
    private final Map<String, String> path = new HashMap<>();
    private final List<String> query = new ArrayList<>();
    private final ObjectNode body = Api.JSON.createObjectNode();
    private final Map<String, String> headers = new HashMap<>();

    Composed(Verb verb, VerbCommand.Typed typed, Api api, Secrets secrets) {
        this.verb = verb;
        this.typed = typed;
        this.api = api;
        this.secrets = secrets;
    }

    /// One request, ready to be sent.
    ///
    /// @param path encoded, query included
    record Request(
            String method, String path, Optional<JsonNode> body, Map<String, String> headers) {
        /// {@return the same for the window after `cursor`}
        Request after(String cursor) {
            var kept =
                    path.replaceAll("[?&](cursor|offset)=[^&]*", "")
                            .replaceFirst("^([^?&]*)&", "$1?");
            var separator = kept.contains("?") ? "&" : "?";
            return new Request(
                    method, kept + separator + "cursor=" + Names.encoded(cursor), body, headers);
        }
    }

    Request request() {
        arguments();
        verb.inputs()
                .forEach(input -> {
                    if (input instanceof Input.Unless unless && !given(unless.member())) {
                        place(unless.part(), unless.member(), unless.value());
                    }
                });
        pathChoices();
        if (!verb.operation().seen().isEmpty() && !given("expectedVersion")) {
            keep();
        }
        verb.choices().stream()
                .filter(choice -> choice.part() != Input.Part.PATH)
                .forEach(this::choice);
        verb.secrets().forEach(this::secret);
        var hasBody = verb.inputs().stream().anyMatch(Composed::isInBody);
        return new Request(
                verb.operation().method(),
                address(),
                hasBody ? Optional.of(body) : Optional.empty(),
                headers);
    }

    private void arguments() {
        var arguments = verb.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.part() == Input.Part.BODY) {
                var text =
                        argument.member().equals(PRINCIPAL)
                                ? name(PRINCIPAL, typed.argument(i))
                                : typed.argument(i);
                place(argument.part(), argument.member(), argument.meaning().apply(text));
            } else {
                place(
                        argument.part(),
                        argument.member(),
                        name(argument.member(), typed.argument(i)));
            }
        }
    }

    /// {@return the id of what people name}
    private String name(String member, String text) {
        var secret = verb.operation().path().startsWith("/api/secrets/") && member.equals("id");
        return new Names(api).id(secret ? "secret" : member, text, path);
    }

    private void pathChoices() {
        verb.choices().stream()
                .filter(choice -> choice.part() == Input.Part.PATH)
                .forEach(this::choice);
    }

    private boolean given(String member) {
        return verb.choices().stream()
                .anyMatch(choice -> choice.member().equals(member) && typed.has(choice.name()));
    }

    /// Starts from what is stored; its version goes along, so that nobody's change is lost.
    private void keep() {
        var stored = api.send("GET", filled(verb.operation().seen()), Optional.empty(), Map.of());
        stored.etag().ifPresent(tag -> headers.put("If-Match", tag));
        for (var member : verb.operation().keep()) {
            var value = Tree.at(stored.json(), member);
            if (!value.isMissingNode() && !value.isNull()) {
                Tree.put(body, member, value);
            }
        }
    }

    private void choice(Input.Choice choice) {
        if (!typed.has(choice.name())) {
            return;
        }
        switch (choice.kind()) {
            case ONE ->
                    place(choice.part(), choice.member(), choice.meaning().apply(typed(choice)));
            case SWITCH -> place(choice.part(), choice.member(), choice.meaning().apply(""));
            case MANY -> {
                var values = typed.many(choice.name());
                if (choice.part() == Input.Part.BODY) {
                    place(
                            choice.part(),
                            choice.member(),
                            values.stream().map(choice.meaning()).toList());
                } else {
                    values.forEach(value -> place(choice.part(), choice.member(), value));
                }
            }
        }
    }

    private String typed(Input.Choice choice) {
        var text = typed.one(choice.name());
        if (choice.name().equals(Input.PERSON)) {
            return name(PRINCIPAL, text);
        }
        // whom something is shared with the server finds by name: not everybody may list machines
        boolean program = choice.name().equals(Input.PROGRAM) && choice.member().equals("subject");
        return program ? name("machine", text) : text;
    }

    private void secret(Input.Secret secret) {
        var file = typed.one(secret.name());
        if (file.isEmpty() && !secret.with().map(this::isTyped).orElse(true)) {
            return;
        }
        place(
                Input.Part.BODY,
                secret.member(),
                secrets.read(secret.name(), file, question(secret)));
    }

    /// @param what an option, or `option=value`, or `!option`
    private boolean isTyped(String what) {
        if (what.startsWith("!")) {
            return !typed.has(what.substring(1));
        }
        var parts = what.split("=", 2);
        return typed.has(parts[0]) && (parts.length == 1 || typed.one(parts[0]).equals(parts[1]));
    }

    private static String question(Input.Secret secret) {
        return secret.name().substring(2).replace("-file", "").replace('-', ' ');
    }

    private void place(Input.Part part, String member, Object value) {
        switch (part) {
            case PATH -> path.put(member, String.valueOf(value));
            case QUERY -> query.add(member + "=" + Names.encoded(String.valueOf(value)));
            case BODY -> {
                if (value instanceof Map<?, ?> none && none.isEmpty()) {
                    Tree.remove(body, member);
                } else {
                    Tree.put(body, member, Api.JSON.valueToTree(value));
                }
            }
        }
    }

    private String address() {
        var address = filled(verb.operation().path());
        return query.isEmpty() ? address : address + "?" + String.join("&", query);
    }

    private String filled(String template) {
        var address = template;
        for (var entry : path.entrySet()) {
            address = address.replace("{" + entry.getKey() + "}", Names.encoded(entry.getValue()));
        }
        return address;
    }

    private static boolean isInBody(Input input) {
        return switch (input) {
            case Input.Argument argument -> argument.part() == Input.Part.BODY;
            case Input.Choice choice -> choice.part() == Input.Part.BODY;
            case Input.Unless unless -> unless.part() == Input.Part.BODY;
            case Input.Secret _ -> true;
        };
    }
}
