package holdfast.http;

import holdfast.kernel.Principal;

/// Is told of every answer, for metrics and the ledger. Called on the request's thread: must not wait.
@FunctionalInterface
public interface Observer {
    /// @param method      one of those that HTTP knows, `OTHER` for whatever else was sent
    /// @param route       pattern of the route, for example `/api/environments/{id}`, or `-` when none was found
    /// @param nanoseconds from the first look at the request to the last byte handed over
    void answered(String method, String route, int status, long nanoseconds);

    /// @param now how many requests and streams are not answered to their end
    default void open(int now) {}

    /// Is told when nobody was let in: no sign-in, a cross-site request, a limit reached without a sign-in.
    ///
    /// @param reason the problem's code, for example `unauthenticated`
    default void refused(String address, String reason) {}

    /// Is told when somebody signed in has used up a limit, once a minute at most. May wait: it is written down first.
    default void limited(Principal who, String route) {}
}
