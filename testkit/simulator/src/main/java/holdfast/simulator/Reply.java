package holdfast.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a handler answers, before any fault.
record Reply(int status, Map<String, String> headers, String body) {
    private static final String JSON = "application/json";

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply json(int status, JsonNode body) {
        return text(status, JSON, body.toString());
    }

    /// JSON that is already text.
    static Reply json(int status, String body) {
        return text(status, JSON, body);
    }

    static Reply text(int status, String contentType, String body) {
        return new Reply(status, Map.of("Content-Type", contentType), body);
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), "");
    }

    /// As the reverse proxy of the appliance answers while its services restart.
    static Reply html(int status, String title) {
        return text(
                status,
                "text/html",
                "<html>\r\n<head><title>%1$d %2$s</title></head>\r\n<body><center><h1>%1$d %2$s</h1></center><hr><center>nginx</center></body>\r\n</html>\r\n"
                        .formatted(status, title));
    }

    Reply with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }

    Reply withBody(String other) {
        return new Reply(status, headers, other);
    }
}
