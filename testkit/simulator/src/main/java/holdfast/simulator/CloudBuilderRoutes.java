package holdfast.simulator;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The Cloud Builder of 4.x and 5.x: reachable by HTTP Basic, keeps its passwords to itself.
final class CloudBuilderRoutes {
    private final World world;

    CloudBuilderRoutes(World world) {
        this.world = world;
    }

    List<Route> routes() {
        return List.of(
                builder("/v1/sddcs/about", _ -> about()),
                builder("/v1/sddcs", _ -> Reply.json(200, Pages.whole(List.of(0), _ -> task()))),
                builder("/v1/sddcs/{id}", this::one),
                builder("/v1/sddcs/{id}/detail-report", this::one));
    }

    private static Route builder(String path, Route.Handler handler) {
        return Route.sddc("GET", path, Access.BASIC, handler).on(Role.CLOUD_BUILDER);
    }

    private Reply about() {
        return Reply.json(200, Json.object().put("vcfVersion", world.version().text()));
    }

    private Reply one(Route.Call call) {
        var task = task();
        if (!task.path("id").stringValue().equals(call.segment("id"))) {
            throw Refused.notFound("Deployment was not found.");
        }
        return Reply.json(200, task);
    }

    private ObjectNode task() {
        return Json.object()
                .put("id", world.seed().id("deployment sfo-m01"))
                .put("name", "sfo-m01")
                .put("status", "COMPLETED_WITH_SUCCESS")
                .put("creationTimestamp", Json.time(world.started()));
    }
}
