package holdfast.http;

/// Is told of every answer, for metrics and the ledger. Called on the request's thread: must not wait.
@FunctionalInterface
public interface Observer {
    /// @param method      one of those that HTTP knows, `OTHER` for whatever else was sent
    /// @param route       pattern of the route, for example `/api/environments/{id}`, or `-` when none was found
    /// @param nanoseconds from the first look at the request to the last byte handed over
    void answered(String method, String route, int status, long nanoseconds);

    /// Is told when nobody was let in: no sign-in, a cross-site request, a limit reached without a sign-in.
    ///
    /// @param reason the problem's code, for example `unauthenticated`
    default void refused(String address, String reason) {}
}
