package holdfast.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One HTTP request as it was received.
///
/// @param query      as sent, without `?`; empty for none
/// @param headers    names in lower case
/// @param bodySha256 lower-case hex
record Request(
        String method,
        String path,
        String query,
        Map<String, String> headers,
        String body,
        String bodySha256) {

    Request {
        headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /// @throws Refused 400 for a name that comes twice
    Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        if (query.isEmpty()) {
            return parameters;
        }
        for (var pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            var name = decode(equals < 0 ? pair : pair.substring(0, equals));
            var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (parameters.put(name, value) != null) {
                throw Refused.badRequest("Parameter " + name + " is given twice.");
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw Refused.badRequest("The query is not URL-encoded.");
        }
    }
}
