package holdfast.seal;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Test vectors of docs/formats, made by programs that are not ours.
final class Vectors {
    private Vectors() {}

    static JsonNode read(String name) {
        var fromModule = Path.of("../../docs/formats/vectors").resolve(name);
        return JsonMapper.shared().readTree(fromModule.toFile());
    }
}
