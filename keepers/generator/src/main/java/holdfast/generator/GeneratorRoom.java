package holdfast.generator;

import holdfast.http.Route;
import holdfast.kernel.Ids;
import java.security.SecureRandom;
import java.util.List;

/// Puts the room together.
public record GeneratorRoom(Generator generator, List<Route> routes) {
    public static GeneratorRoom assemble(SecureRandom random, Ids ids) {
        var generator = new RandomGenerated(random, ids);
        return new GeneratorRoom(generator, new GeneratorRoutes(generator).routes());
    }
}
