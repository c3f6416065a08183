package holdfast.http;

/// Translates one request to a call of a room and the result to a response. Decides nothing.
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
