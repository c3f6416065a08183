package holdfast.generator;

import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.SecretBytes;
import java.util.List;

/// HTTP to [Generator]. What is made is sent and forgotten, so nobody needs a right and nothing is recorded.
final class GeneratorRoutes {
    private final Generator generator;

    GeneratorRoutes(Generator generator) {
        this.generator = generator;
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "POST",
                        "/api/generate",
                        Access.SIGNED_IN,
                        Route.JSON,
                        Rate.API,
                        this::generate),
                new Route(
                        "POST",
                        "/api/strength",
                        Access.SIGNED_IN,
                        Route.JSON,
                        Rate.API,
                        this::strength));
    }

    private Response generate(Request request) {
        return Response.json(generator.make(request.json(Order.class).recipe()));
    }

    /// A secret to be looked at.
    record Typed(SecretBytes value) {}

    private Response strength(Request request) {
        try (var value = request.json(Typed.class).value()) {
            return Response.json(generator.strength(value));
        }
    }
}
