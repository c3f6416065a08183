package holdfast.app;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// `openapi.yaml` as tests read it.
record ApiDocument(Map<String, Object> root) {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    @SuppressWarnings("unchecked") // the shape of a YAML document
    static ApiDocument read() throws IOException {
        var text = Files.readString(GoldenFile.root().resolve("openapi.yaml"));
        var loaded = new Load(LoadSettings.builder().build()).loadFromString(text);
        return new ApiDocument((Map<String, Object>) Objects.requireNonNull(loaded));
    }

    /// One method of one path.
    ///
    /// @param permission `x-permission`
    record Operation(
            String id, String method, String path, String permission, Map<String, Object> body) {
        boolean isPublic() {
            return permission.equals("PUBLIC");
        }

        boolean asksForPassword() {
            return Boolean.TRUE.equals(body.get("x-step-up"));
        }

        /// {@return the path with an id in every place that nothing has}
        String pathToNothing() {
            return path.replaceAll("\\{[a-z]+}", "0198c0de-0000-7000-8000-000000000001");
        }
    }

    List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        map(root.get("paths"))
                .forEach((path, item) ->
                        METHODS.stream()
                                .filter(map(item)::containsKey)
                                .forEach(method -> {
                                    var body = map(map(item).get(method));
                                    operations.add(
                                            new Operation(
                                                    String.valueOf(body.get("operationId")),
                                                    method.toUpperCase(Locale.ROOT),
                                                    path,
                                                    String.valueOf(body.get("x-permission")),
                                                    body));
                                }));
        return operations;
    }

    Map<String, Object> schema(String name) {
        return map(map(map(root.get("components")).get("schemas")).get(name));
    }

    @SuppressWarnings("unchecked") // the shape of a YAML document
    static Map<String, Object> map(@org.jspecify.annotations.Nullable Object node) {
        return (Map<String, Object>) Objects.requireNonNull(node);
    }
}
