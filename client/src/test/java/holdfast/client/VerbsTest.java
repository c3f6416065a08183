package holdfast.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Every command calls an operation of `openapi.yaml` and offers all that it takes.
class VerbsTest {
    private static final Map<String, Object> DOCUMENT = document();

    /// Operations that no command of their own calls: signing in and out does, or `holdfast api` does.
    /// Named keys are for programs: `holdfast api` calls them.
    private static final String NAMED_KEYS =
            ".*(WithKey|HmacsWithKey|HmacWithKey|dataKey|Keys?|keyVersions|KeyVersion)";

    private static final Set<String> WITHOUT =
            Set.of(
                    "allCredentialFacets", // what the screens offer as filters
                    "credentialFacets",
                    "importBringUp",
                    "runEvents", // `env sync` waits for the end instead
                    "endMyOtherSessions",
                    "listUserSessions",
                    "endUserSessions",
                    "endUserSession",
                    "auditStatistics",
                    "auditCheckpoint",
                    "auditInclusion",
                    "auditConsistency",
                    "overview",
                    "events",
                    "metrics",
                    "changeShare", // revoke it and share anew
                    "findSecret", // by the names of the others
                    "workOnSecrets", // many at once, exports, canaries: `holdfast api`
                    "exportSecrets",
                    "markCanary",
                    "unmarkCanary",
                    "listCanaries",
                    "readSecretValues",
                    "putSecretVersions",
                    "deleteSecrets");

    static List<Verb> verbs() {
        return Verbs.all();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void a_command_calls_operations_that_exist(Verb verb) {
        assertThat(operations(verb))
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(operation).containsKey("operationId"));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void a_command_offers_every_parameter_of_its_operation_and_no_other(Verb verb) {
        var offered =
                verb.inputs().stream()
                        .filter(input -> part(input) == Input.Part.QUERY)
                        .map(Input::member)
                        .collect(Collectors.toCollection(TreeSet::new));
        var taken = new TreeSet<String>();
        operations(verb).forEach(operation -> taken.addAll(queryParameters(operation)));

        assertThat(offered).isEqualTo(taken);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void a_command_offers_every_member_of_the_body_and_no_other(Verb verb) {
        var offered =
                verb.inputs().stream()
                        .filter(input -> part(input) == Input.Part.BODY)
                        .map(Input::member)
                        .collect(Collectors.toCollection(TreeSet::new));
        offered.removeIf(
                member -> offered.stream().anyMatch(other -> other.startsWith(member + ".")));
        var taken = new TreeSet<String>();
        operations(verb).forEach(operation -> taken.addAll(bodyMembers(operation)));

        assertThat(offered).isEqualTo(taken);
    }

    @Test
    void every_operation_has_its_command() {
        var called =
                verbs().stream()
                        .flatMap(verb -> operations(verb).stream())
                        .map(operation -> String.valueOf(operation.get("operationId")))
                        .collect(Collectors.toSet());
        var missing = new TreeSet<String>();
        var paths = map(DOCUMENT.get("paths"));
        paths.forEach((path, item) ->
                map(item)
                        .forEach((method, operation) -> {
                            if (operation instanceof Map<?, ?> one
                                    && !"PUBLIC".equals(one.get("x-permission"))) {
                                missing.add(String.valueOf(one.get("operationId")));
                            }
                        }));
        missing.removeAll(called);
        missing.removeAll(WITHOUT);
        missing.removeIf(operation -> operation.matches(NAMED_KEYS));
        missing.removeAll(
                Set.of("signOut", "stepUp", "changeMyPassword")); // inside `holdfast login`

        assertThat(missing).isEmpty();
    }

    private static Input.@Nullable Part part(Input input) {
        return switch (input) {
            case Input.Argument argument -> argument.part();
            case Input.Choice choice -> choice.part();
            case Input.Secret _ -> Input.Part.BODY;
            case Input.Unless _ -> null;
        };
    }

    private static List<Map<String, Object>> operations(Verb verb) {
        var found = new ArrayList<Map<String, Object>>();
        var path = verb.operation().path();
        var formats =
                path.contains("{format}")
                        ? path.contains("audit")
                                ? List.of("csv", "json", "bundle")
                                : List.of("csv", "excel", "json", "yaml")
                        : List.of("");
        for (var format : formats) {
            var item = map(DOCUMENT.get("paths")).get(path.replace("{format}", format));
            found.add(map(map(item).get(verb.operation().method().toLowerCase(Locale.ROOT))));
        }
        return found;
    }

    private static Set<String> queryParameters(Map<String, Object> operation) {
        var names = new TreeSet<String>();
        if (operation.get("parameters") instanceof List<?> parameters) {
            for (var parameter : parameters) {
                var resolved = resolved(parameter);
                if ("query".equals(resolved.get("in"))) {
                    names.add(String.valueOf(resolved.get("name")));
                }
            }
        }
        return names;
    }

    private static Set<String> bodyMembers(Map<String, Object> operation) {
        var body = operation.get("requestBody");
        if (body == null) {
            return Set.of();
        }
        var schema = map(map(map(map(body).get("content")).get("application/json")).get("schema"));
        var members = new TreeSet<String>();
        members("", schema, members);
        return members;
    }

    /// A source is taken apart; its trust is one member.
    private static void members(String prefix, Map<String, Object> schema, Set<String> into) {
        map(resolved(schema).get("properties"))
                .forEach((name, member) -> {
                    if (Set.of("installer", "sddcManager").contains(name)) {
                        members(name + ".", map(member), into);
                    } else {
                        into.add(prefix + name);
                    }
                });
    }

    private static Map<String, Object> resolved(@Nullable Object node) {
        var map = map(node);
        if (map.get("$ref") instanceof String reference) {
            Object at = DOCUMENT;
            for (var step : reference.substring(2).split("/", -1)) {
                at = map(at).get(step);
            }
            return map(at);
        }
        return map;
    }

    @SuppressWarnings("unchecked") // the shape of a YAML document
    private static Map<String, Object> map(@Nullable Object node) {
        return node == null ? new LinkedHashMap<>() : (Map<String, Object>) node;
    }

    @SuppressWarnings("unchecked") // the shape of a YAML document
    private static Map<String, Object> document() {
        var root = Path.of(System.getProperty("holdfast.root", ".."));
        try {
            return Objects.requireNonNull(
                    (Map<String, Object>)
                            new Load(LoadSettings.builder().build())
                                    .loadFromString(
                                            Files.readString(root.resolve("openapi.yaml"))));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
