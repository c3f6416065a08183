package holdfast.sharing;

import static holdfast.access.Action.MANAGE_ACCESS;
import static holdfast.access.Action.REVEAL_SECRET;
import static holdfast.access.Action.SHARE_SECRET;

import holdfast.access.Explanations;
import holdfast.access.Policy;
import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.SecretBytes;
import holdfast.secret.Content;
import holdfast.vault.Permits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// HTTP to [Links] and [LinkOpening]: translates, decides nothing.
final class LinkRoutes {
    private static final String OF_SECRET = "/api/secrets/{id}/links";
    private static final int TOKEN = 4 * 1024; // bytes of a body

    private final Links links;
    private final LinkOpening opening;
    private final Policy policy;
    private final Permits permits;

    LinkRoutes(Links links, LinkOpening opening, Policy policy, Permits permits) {
        this.links = links;
        this.opening = opening;
        this.policy = policy;
        this.permits = permits;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", OF_SECRET, SHARE_SECRET, 0, Rate.API, this::ofSecret),
                new Route("POST", OF_SECRET, SHARE_SECRET, Route.JSON, Rate.API, this::make),
                new Route("DELETE", "/api/links/{link}", SHARE_SECRET, 0, Rate.API, this::revoke),
                new Route(
                        "POST", "/api/links/open", Access.PUBLIC, TOKEN, Rate.SIGN_IN, this::open));
    }

    record Make(
            Optional<Integer> uses,
            Instant expires,
            Optional<String> audience,
            Optional<List<String>> addresses,
            Optional<String> note) {}

    /// @param path page and fragment, to be put after the address of the server
    record Made(Link link, String token, String path) {}

    record Open(String token, Optional<String> audience) {
        @Override
        public String toString() {
            return "Open";
        }
    }

    /// @param name service and account
    record Shown(
            String name,
            int version,
            Content.Kind kind,
            Optional<SecretBytes> value,
            Optional<SecretBytes> valueBase64) {}

    record All(List<Link> items, int total) {}

    private Response ofSecret(Request request) {
        var id = request.id("id");
        var found = links.ofSecret(permits.on(request.caller(), SHARE_SECRET, id), id);
        return Response.json(new All(found, found.size()));
    }

    private Response make(Request request) {
        var id = request.id("id");
        var share = permits.on(request.caller(), SHARE_SECRET, id);
        var reveal = permits.on(request.caller(), REVEAL_SECRET, id);
        var body = request.json(Make.class);
        var terms =
                new Links.Terms(
                        body.uses().orElse(1),
                        body.expires(),
                        body.audience().orElse("").strip(),
                        body.addresses().orElse(List.of()),
                        body.note().orElse(""));
        var made = links.make(share, reveal, id, terms);
        return Response.json(201, new Made(made.link(), made.token(), "/link#" + made.token()));
    }

    private Response revoke(Request request) {
        var caller = request.caller();
        var scope = policy.scope(caller, SHARE_SECRET);
        if (policy.allowed(caller).contains(MANAGE_ACCESS)) {
            var permit = policy.permit(caller, MANAGE_ACCESS, Explanations.RESOURCE);
            links.revoke(permit, request.id("link"));
        } else {
            links.revoke(scope, request.id("link"));
        }
        return Response.empty(204);
    }

    private Response open(Request request) {
        var body = request.json(Open.class);
        var shown = opening.open(body.token(), body.audience().orElse(""), request.origin());
        var content = shown.value().content();
        return Response.json(
                new Shown(
                        shown.path().substring(shown.path().indexOf('/') + 1),
                        shown.value().version(),
                        content.kind(),
                        content.text(),
                        content.base64()));
    }
}
