package holdfast.server;

import holdfast.http.Response;
import java.util.Optional;

/// The address of a request, with the tenant taken out: `/api/t/acme/users` is `/api/users` in `acme`.
///
/// @param path   what the table of routes knows
/// @param tenant name or id as it was written; empty when the address names none
record TenantAddress(String path, Optional<String> tenant) {
    private static final String ROOT = "/api";
    private static final String PREFIX = ROOT + "/t/";

    static TenantAddress of(String path) {
        if (!path.startsWith(PREFIX)) {
            return new TenantAddress(path, Optional.empty());
        }
        int end = path.indexOf('/', PREFIX.length());
        var tenant = path.substring(PREFIX.length(), end < 0 ? path.length() : end);
        var rest = end < 0 ? ROOT : ROOT + path.substring(end);
        return new TenantAddress(rest, Optional.of(tenant));
    }

    /// {@return the response with its place named in the same tenant}
    Response placed(Response response) {
        var location = response.headers().get("Location");
        return tenant.isEmpty() || location == null || !location.startsWith(ROOT + "/")
                ? response
                : response.with(
                        "Location", PREFIX + tenant.get() + location.substring(ROOT.length()));
    }
}
