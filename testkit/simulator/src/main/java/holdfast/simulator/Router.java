package holdfast.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Finds the route of a request, checks who asks, and lets it answer.
final class Router {
    private final World world;
    private final Tokens tokens;
    private final Supplier<Role> role;
    private final List<Route> routes;

    /// @param role of the appliance, may change; earlier routes win
    Router(World world, Tokens tokens, Supplier<Role> role, List<Route> routes) {
        this.world = world;
        this.tokens = tokens;
        this.role = role;
        this.routes = List.copyOf(routes);
    }

    Reply answer(Request request) {
        try {
            return find(request);
        } catch (Refused refused) {
            return Trouble.asIn(world.version(), refused.reply());
        }
    }

    private Reply find(Request request) {
        boolean known = false;
        for (var route : routes) {
            var segments = route.match(request.path());
            if (segments.isPresent() && isOffered(route)) {
                known = true;
                if (route.method().equals(request.method())) {
                    return call(route, request, segments.get());
                }
            }
        }
        throw new Refused(Reply.html(known ? 405 : 404, known ? "Not Allowed" : "Not Found"));
    }

    private boolean isOffered(Route route) {
        return route.appliances().contains(role.get()) && world.version().isAtLeast(route.since());
    }

    private Reply call(Route route, Request request, Map<String, String> segments) {
        authorise(route.access(), request);
        var parameters = request.parameters();
        parameters.forEach((name, value) -> {
            if (!route.parameters().contains(name)) {
                throw Refused.badRequest("Parameter " + name + " is not known.");
            }
            if (value.isEmpty()) {
                throw Refused.badRequest("Parameter " + name + " is empty.");
            }
        });
        return route.handler().handle(new Route.Call(request, segments, parameters));
    }

    private void authorise(Access access, Request request) {
        switch (access) {
            case PUBLIC -> {}
            case MAYBE_PUBLIC -> {
                if (world.switches().is(Switch.APPLIANCE_INFO_WITHOUT_TOKEN, "401")) {
                    tokens.holder(request);
                }
            }
            case SIGNED_IN -> tokens.holder(request);
            case ADMIN -> {
                if (!tokens.holder(request).role().equals("ADMIN")) {
                    throw new Refused(
                            new Trouble("FORBIDDEN", "AUTHORIZATION", "Forbidden").reply(403));
                }
            }
            case BASIC -> basic(request);
        }
    }

    private void basic(Request request) {
        try {
            var login =
                    new String(
                            Base64.getDecoder()
                                    .decode(
                                            request.header("Authorization")
                                                    .orElse("")
                                                    .replaceFirst("^Basic ", "")),
                            StandardCharsets.UTF_8);
            int colon = login.indexOf(':');
            if (colon > 0) {
                world.logins().login(login.substring(0, colon), login.substring(colon + 1));
                return;
            }
        } catch (IllegalArgumentException noBase64) {
            // refused below, as a wrong login is
        }
        throw new Refused(Reply.empty(401).with("WWW-Authenticate", "Basic realm=\"VCF\""));
    }
}
