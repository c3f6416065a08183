package holdfast.http;

/// Is told of every answer, for metrics. Called on the request's thread: must not wait.
@FunctionalInterface
public interface Observer {
    /// @param route       pattern of the route, for example `/api/environments/{id}`, or `-` when none was found
    /// @param nanoseconds from the first look at the request to the last byte handed over
    void answered(String method, String route, int status, long nanoseconds);
}
