package holdfast.tenancy;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What people note beside a thing: names and texts. Never a secret; nothing decides by it.
///
/// @param entries at most 20; names 1 to 64 characters, texts at most 500, no control characters
public record Metadata(Map<String, String> entries) {
    public static final Metadata NONE = new Metadata(Map.of());

    private static final int MOST = 20;
    private static final int NAME = 64; // characters
    private static final int TEXT = 500; // characters
    private static final JsonMapper JSON = new JsonMapper();

    /// @throws Refusal INVALID at `/metadata`
    public Metadata {
        if (entries.values().stream().anyMatch(Objects::isNull)) { // JSON may say null
            throw invalid("/metadata", "malformed", "names and texts");
        }
        entries = Map.copyOf(entries);
        if (entries.size() > MOST) {
            throw invalid("/metadata", "too-long", "at most 20 entries");
        }
        entries.forEach((name, text) -> {
            if (name.isBlank() || name.length() > NAME || isWild(name)) {
                throw invalid("/metadata", "malformed", "names of 1 to 64 characters");
            }
            if (text.length() > TEXT || isWild(text)) {
                throw invalid("/metadata/" + escaped(name), "too-long", "at most 500 characters");
            }
        });
    }

    /// {@return what [#text] wrote}
    public static Metadata stored(String text) {
        return text.equals("{}")
                ? NONE
                : new Metadata(JSON.readValue(text, new TypeReference<Map<String, String>>() {}));
    }

    /// {@return a JSON object, for a column}
    public String text() {
        return JSON.writeValueAsString(new TreeMap<>(entries));
    }

    private static boolean isWild(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1"); // RFC 6901 §3
    }

    private static Refusal invalid(String pointer, String code, String detail) {
        return Refusal.of(List.of(FieldError.of(pointer, code, detail)));
    }
}
