package holdfast.secret;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What is known of a secret beside its value: it is shown in lists and can be searched, so nothing secret belongs here.
///
/// @param notes    at most 1,000 characters
/// @param tags     at most 20, each 1 to 64 characters, no two alike
/// @param metadata JSON, at most 10 KiB as it is written
public record Details(String notes, List<String> tags, Map<String, Object> metadata) {
    private static final int MAX_NOTES = 1_000; // characters
    private static final int MAX_TAGS = 20;
    private static final int MAX_TAG = 64; // characters
    private static final int MAX_METADATA = 10 * 1024; // bytes
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static final Details NONE = new Details("", List.of(), Map.of());

    /// @throws Refusal INVALID, naming each member that breaks a rule
    public Details {
        tags =
                tags.stream()
                        .map(tag -> Normalizer.normalize(tag, Normalizer.Form.NFC).strip())
                        .distinct()
                        .toList();
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        var errors = new ArrayList<FieldError>();
        if (notes.length() > MAX_NOTES || holdsNul(notes)) {
            errors.add(FieldError.of("/notes", "too-long", "at most 1000 characters, no NUL"));
        }
        if (tags.size() > MAX_TAGS) {
            errors.add(FieldError.of("/tags", "too-many", "at most 20"));
        }
        if (tags.stream().anyMatch(Details::isNoTag)) {
            errors.add(
                    FieldError.of(
                            "/tags", "malformed", "each 1 to 64 characters, none of them control"));
        }
        if (!metadata.isEmpty()
                && JSON.writeValueAsString(metadata).getBytes(StandardCharsets.UTF_8).length
                        > MAX_METADATA) {
            errors.add(FieldError.of("/metadata", "too-long", "at most 10 KiB of JSON"));
        }
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
    }

    private static boolean isNoTag(String tag) {
        return tag.isEmpty()
                || tag.length() > MAX_TAG
                || tag.chars().anyMatch(Character::isISOControl);
    }

    private static boolean holdsNul(String text) {
        return text.indexOf('\0') >= 0; // PostgreSQL has no place for it
    }

    /// {@return the tags as JSON}
    public String writtenTags() {
        return tags.isEmpty() ? "[]" : JSON.writeValueAsString(tags);
    }

    /// {@return the metadata as JSON}
    public String writtenMetadata() {
        return metadata.isEmpty() ? "{}" : JSON.writeValueAsString(metadata);
    }

    /// {@return what was stored by [#writtenTags] and [#writtenMetadata]}
    @SuppressWarnings("unchecked")
    public static Details read(String notes, String tags, String metadata) {
        return new Details(
                notes,
                tags.equals("[]") ? List.of() : JSON.readValue(tags, List.class),
                metadata.equals("{}") ? Map.of() : JSON.readValue(metadata, Map.class));
    }
}
