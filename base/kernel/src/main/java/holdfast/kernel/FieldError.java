package holdfast.kernel;

import java.util.Map;

/// One field that is not as it should be.
///
/// @param pointer JSON pointer (RFC 6901) into the request body, for example `/name`; a query parameter as `?limit`
/// @param code    stable name of the rule, for example `too-long`
/// @param detail  what would be right; never echoes a secret
/// @param params  what the sentence names, for example `max` → `100`
public record FieldError(String pointer, String code, String detail, Map<String, String> params) {
    public FieldError {
        params = Map.copyOf(params);
    }

    public static FieldError of(String pointer, String code, String detail) {
        return new FieldError(pointer, code, detail, Map.of());
    }
}
