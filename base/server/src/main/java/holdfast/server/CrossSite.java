package holdfast.server;

import holdfast.http.Request;
import holdfast.kernel.Problem;
import java.net.URI;
import java.util.Set;

/// Refuses changes that another site sends with the user's cookie (Fetch Metadata; `Origin` for older browsers).
final class CrossSite {
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private CrossSite() {}

    /// A bearer token is never sent by a browser on its own, so such requests pass; sign-in forms never do.
    ///
    /// @throws holdfast.kernel.Refusal CROSS_SITE
    static void check(Request request) {
        if (SAFE.contains(request.method()) || request.header("Authorization").isPresent()) {
            return;
        }
        var site = request.header("Sec-Fetch-Site");
        boolean same =
                site.map(value -> value.equals("same-origin") || value.equals("none"))
                        .orElseGet(() -> sameOrigin(request));
        if (!same) {
            throw Problem.CROSS_SITE.because("changes are taken from Holdfast's own pages only");
        }
    }

    /// A browser lets any page open a WebSocket, sends the cookie along and says by `Origin` whose page it is (RFC 6455 §10.2).
    ///
    /// @throws holdfast.kernel.Refusal CROSS_SITE
    static void checkSocket(Request request) {
        if (!sameOrigin(request)) {
            throw Problem.CROSS_SITE.because("live streams are for Holdfast's own pages");
        }
    }

    private static boolean sameOrigin(Request request) {
        var origin = request.header("Origin");
        if (origin.isEmpty()) {
            return true; // no browser: those send one of the two with every change
        }
        try {
            var authority = URI.create(origin.get()).getAuthority();
            return authority != null
                    && authority.equalsIgnoreCase(request.header("Host").orElse(""));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
