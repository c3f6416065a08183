package holdfast.http;

import java.util.LinkedHashMap;
import java.util.Map;

/// What is sent back. A value; [#with] adds a header.
public record Response(int status, Map<String, String> headers, Content content) {
    public Response {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /// JSON made of records, maps, lists, strings, numbers, instants and optionals.
    public static Response json(int status, Object body) {
        return new Response(
                status, Map.of("Content-Type", "application/json"), new Content.Json(body));
    }

    public static Response json(Object body) {
        return json(200, body);
    }

    public static Response empty(int status) {
        return new Response(status, Map.of(), new Content.Nothing());
    }

    public static Response bytes(int status, String type, byte[] body) {
        return new Response(status, Map.of("Content-Type", type), new Content.Whole(body));
    }

    /// Sends while it is made; a failure after the first byte cuts the connection, so a client sees it.
    public static Response streamed(int status, String type, Content.Writer writer) {
        return new Response(status, Map.of("Content-Type", type), new Content.Streamed(writer));
    }

    /// Live events until the client leaves, its right ends or the server stops: as server-sent events, or by WebSocket to
    /// whoever asks for one.
    public static Response events(Content.EventSource source) {
        return new Response(
                200, Map.of("Content-Type", "text/event-stream"), new Content.Events(source));
    }

    public static Response seeOther(String location) {
        return empty(303).with("Location", location);
    }

    public Response with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, content);
    }
}
