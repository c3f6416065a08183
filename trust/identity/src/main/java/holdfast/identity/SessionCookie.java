package holdfast.identity;

import holdfast.http.Request;
import holdfast.http.Response;
import java.util.Optional;

/// The cookie of a session. `__Host-` binds it to this host, `SameSite=Strict` to pages of this host (RFC 6265bis §4.1).
final class SessionCookie {
    static final String NAME = "__Host-holdfast";
    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Strict";

    private SessionCookie() {}

    static Optional<String> of(Request request) {
        return request.cookie(NAME).filter(value -> !value.isEmpty());
    }

    static Response put(Response response, String token) {
        return response.with("Set-Cookie", NAME + "=" + token + ATTRIBUTES);
    }

    static Response clear(Response response) {
        return response.with("Set-Cookie", NAME + "=" + ATTRIBUTES + "; Max-Age=0");
    }
}
