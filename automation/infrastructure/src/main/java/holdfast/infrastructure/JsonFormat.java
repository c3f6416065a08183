package holdfast.infrastructure;

import holdfast.kernel.SecretBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// JSON, one member a column.
final class JsonFormat implements Credentials.Format {
    private final JsonMapper json = JsonMapper.builder().build();

    @Override
    public void write(Credentials.Export export, OutputStream out) throws IOException {
        try (var generator = json.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeStringProperty("environment", export.environment());
            generator.writeStringProperty("exported", export.made().toString());
            generator.writeArrayPropertyStart("credentials");
            export.forEach(
                    (credential, value) -> json.writeValue(generator, members(credential, value)));
            generator.writeEndArray();
            generator.writeEndObject();
        }
    }

    static Map<String, Object> members(Credential credential, Optional<SecretBytes> value) {
        var members = new LinkedHashMap<String, Object>(Columns.of(credential, value));
        members.put("domains", credential.domains());
        members.put("version", credential.version());
        if (credential.resourceIp().isEmpty()) {
            members.remove("resourceIp");
        }
        if (credential.expires().isEmpty()) {
            members.remove("expires");
        }
        return members;
    }
}
