package holdfast.simulator;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/vcf-management-components` of 9.x: Operations, fleet, Automation as deployed on day 2.
final class ComponentRoutes {
    private static final String TASKS = "/v1/vcf-management-components/tasks";

    private final World world;

    ComponentRoutes(World world) {
        this.world = world;
    }

    List<Route> routes() {
        return List.of(
                nine("GET", TASKS, _ -> Reply.json(200, Pages.whole(List.of(task()), one -> one))),
                nine("GET", TASKS + "/latest", _ -> Reply.json(200, task())),
                nine("GET", TASKS + "/{id}", call -> Reply.json(200, require(call))),
                nine("GET", TASKS + "/{id}/spec", this::spec),
                nine("GET", "/v1/system/vcf-management-components", _ -> inventory()),
                nine("POST", "/v1/vcf-management-components/passwords", _ -> password())
                        .since(Version.V9_1_0));
    }

    private static Route nine(String method, String path, Route.Handler handler) {
        return Route.sddc(method, path, Access.ADMIN, handler).since(Version.V9_0_2);
    }

    private ObjectNode task() {
        return Json.object()
                .put("id", world.seed().id("components"))
                .put("name", "Deploy VCF management components")
                .put("status", "SUCCESSFUL")
                .put("creationTimestamp", Json.time(world.started().minus(Duration.ofDays(299))));
    }

    private ObjectNode require(Route.Call call) {
        var task = task();
        if (!task.path("id").stringValue().equals(call.segment("id"))) {
            throw Refused.notFound("Task was not found.");
        }
        return task;
    }

    private Reply spec(Route.Call call) {
        require(call);
        return Reply.json(200, new BringUpSpec(world, "sfo-m01").components());
    }

    /// FQDN, deployment type and status of each.
    private Reply inventory() {
        var spec = new BringUpSpec(world, "sfo-m01").components();
        var inventory = Json.object();
        component(inventory, "vcfOperations", spec.path("vcfOperationsSpec").path("nodes").path(0));
        component(inventory, "vcfAutomation", spec.path("vcfAutomationSpec"));
        component(inventory, "vcfOperationsCollector", spec.path("vcfOperationsCollectorSpec"));
        return Reply.json(200, inventory);
    }

    private static void component(ObjectNode inventory, String name, JsonNode spec) {
        inventory
                .putObject(name)
                .put("fqdn", spec.path("hostname").asString())
                .put("deploymentType", "NEW")
                .put("status", "SUCCEEDED");
    }

    /// A bare string that suits every component.
    private Reply password() {
        return Reply.json(200, "\"" + world.estate().generatePassword() + "\"");
    }
}
