package holdfast.http;

import holdfast.kernel.Principal;
import java.util.Optional;

/// Proves who sends a request. Implemented by `identity`; the dispatcher asks it before every route.
public interface SignIn {
    /// {@return who it is; empty when the request carries no proof or one that does not hold}
    Optional<Proved> prove(Request request);

    /// As [#prove], without counting as use: for what goes on by itself, such as a stream that looks whether it must end.
    default Optional<Proved> look(Request request) {
        return prove(request);
    }

    /// As [#look], in the tenant of this name instead of the one that the address names.
    default Optional<Proved> look(Request request, Optional<String> tenant) {
        return look(request);
    }

    /// @param principal  who it is, in the tenant of the session or token
    /// @param credential what proved it, for the routes of `identity` and for policy
    record Proved(Principal principal, Object credential) {}
}
