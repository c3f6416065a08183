package holdfast.tenancy;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// What a platform administrator lets a tenant do.
///
/// @param backends     names of the only value backends it may use; empty for all
/// @param addresses    CIDR ranges its people may come from; empty for everywhere
/// @param sharing      whether secrets may be shared; without it nothing new is, links do not open and other tenants stay out
/// @param autoRotation whether secrets may be rotated by the clock
/// @param caching      whether ciphertext that was read lately may stay in memory
public record Rules(
        List<String> backends,
        List<String> addresses,
        boolean sharing,
        boolean autoRotation,
        boolean caching) {
    public static final Rules USUAL = new Rules(List.of(), List.of(), true, true, true);

    private static final int MOST = 50;
    private static final Pattern BACKEND = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern RANGE = Pattern.compile("[0-9a-fA-F.:]{2,45}(/[0-9]{1,3})?");
    private static final JsonMapper JSON = new JsonMapper();

    /// @throws Refusal INVALID, naming every member that is wrong
    public Rules {
        backends = List.copyOf(backends);
        addresses = List.copyOf(addresses);
        var errors = new ArrayList<FieldError>();
        check(errors, "/rules/backends", backends, BACKEND, "a name such as local");
        check(errors, "/rules/addresses", addresses, RANGE, "a range such as 10.0.0.0/8");
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
    }

    /// {@return what [#text] wrote}
    static Rules stored(String text) {
        return text.equals("{}") ? USUAL : JSON.readValue(text, Written.class).rules();
    }

    /// What a column holds; earlier versions of this program knew nothing of caching.
    private record Written(
            List<String> backends,
            List<String> addresses,
            boolean sharing,
            boolean autoRotation,
            Optional<Boolean> caching) {
        Rules rules() {
            return new Rules(backends, addresses, sharing, autoRotation, caching.orElse(true));
        }
    }

    /// {@return a JSON object, for a column}
    String text() {
        return JSON.writeValueAsString(this);
    }

    private static void check(
            List<FieldError> errors, String at, List<String> values, Pattern form, String right) {
        if (values.size() > MOST) {
            errors.add(FieldError.of(at, "too-long", "at most 50"));
        }
        for (int i = 0; i < values.size(); i++) {
            if (!form.matcher(values.get(i)).matches()) {
                errors.add(FieldError.of(at + "/" + i, "malformed", right));
            }
        }
    }
}
