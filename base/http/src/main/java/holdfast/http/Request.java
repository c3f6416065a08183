package holdfast.http;

import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One request as a handler sees it. `HttpRequest` of the dispatcher and the hand-made one of tests implement it.
public interface Request {
    String method();

    /// {@return the decoded, canonical path, without the tenant that an address may name}
    String path();

    /// {@return the tenant that the address names, `/api/t/{tenant}/…`, as it was written}
    default Optional<String> tenant() {
        return Optional.empty();
    }

    /// {@return path and query as they came, to lead back here}
    default String target() {
        return path();
    }

    /// {@return the path parameter of the route's pattern}
    String parameter(String name);

    /// {@return the path parameter as an id}
    ///
    /// @throws holdfast.kernel.Refusal NOT_FOUND when it is none: no such thing can exist
    default UUID id(String name) {
        try {
            return UUID.fromString(parameter(name));
        } catch (IllegalArgumentException _) {
            throw Problem.NOT_FOUND.because("there is nothing with this id");
        }
    }

    Optional<String> header(String name);

    Optional<String> query(String name);

    List<String> queries(String name);

    Optional<String> cookie(String name);

    /// {@return who signed in, if anybody}
    Optional<Principal> signedIn();

    /// {@return who signed in}
    ///
    /// @throws holdfast.kernel.Refusal UNAUTHENTICATED
    default Principal caller() {
        return signedIn()
                .orElseThrow(() -> Problem.UNAUTHENTICATED.because("sign in, then try again"));
    }

    /// {@return who asks: the principal, or nobody from this address}
    default Principal actor() {
        return signedIn().orElseGet(() -> Principal.anonymous(origin()));
    }

    Origin origin();

    /// {@return what sign-in keeps beside the principal (session, token scope), opaque to other rooms}
    Optional<Object> credential();

    /// Reads the JSON body into `type`.
    ///
    /// @throws holdfast.kernel.Refusal MALFORMED, INVALID (unknown or missing members by pointer), UNSUPPORTED_MEDIA_TYPE, TOO_LARGE
    <T> T json(Class<T> type);

    /// {@return a form field of an `application/x-www-form-urlencoded` body}
    Optional<String> form(String name);

    /// {@return the whole body; the caller closes it}
    SecretBytes secret();

    /// {@return the body as a stream that refuses to pass the route's limit}
    InputStream body();
}
