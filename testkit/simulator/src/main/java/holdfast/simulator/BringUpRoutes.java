package holdfast.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/sddcs` of the Installer 9.x: the deployments and the spec of each, with passwords.
final class BringUpRoutes {
    private static final Duration AGE = Duration.ofDays(300);

    private final World world;

    BringUpRoutes(World world) {
        this.world = world;
    }

    List<Route> routes() {
        return List.of(
                installer("GET", "/v1/sddcs", _ -> list()),
                installer("GET", "/v1/sddcs/latest", _ -> latest()),
                installer("GET", "/v1/sddcs/{id}", this::one),
                installer("PATCH", "/v1/sddcs/{id}", this::retry),
                installer("GET", "/v1/sddcs/{id}/spec", this::spec));
    }

    private static Route installer(String method, String path, Route.Handler handler) {
        return Route.sddc(method, path, Access.ADMIN, handler).on(Role.INSTALLER);
    }

    /// Newest last: the first is the site that the SDDC Manager of the same seed manages.
    private List<String> names() {
        var names = new ArrayList<String>();
        for (int i = 1; i <= world.switches().number(Switch.DEPLOYMENTS); i++) {
            names.add(i == 1 ? "sfo-m01" : "dep-m%02d".formatted(i));
        }
        return names;
    }

    private String id(String name) {
        return world.seed().id("deployment " + name);
    }

    private Reply list() {
        return Reply.json(200, Pages.whole(names(), this::task));
    }

    private Reply latest() {
        var names = names();
        if (!names.isEmpty()) {
            return Reply.json(200, task(names.getLast()));
        }
        var setting = world.switches().setting(Switch.LATEST_WHEN_EMPTY);
        return setting.equals("empty-body")
                ? Reply.json(200, "")
                : new Trouble("SDDC_NOT_FOUND", "NOT_FOUND", "No deployment was found.")
                        .reply(Integer.parseInt(setting));
    }

    private Reply one(Route.Call call) {
        return Reply.json(200, task(require(call)));
    }

    /// A credential tool must never call it; refused as for a bring-up that did not fail.
    private Reply retry(Route.Call call) {
        throw Refused.badRequest("Deployment " + require(call) + " cannot be retried.");
    }

    private String require(Route.Call call) {
        return names().stream()
                .filter(name -> id(name).equals(call.segment("id")))
                .findFirst()
                .orElseThrow(() -> Refused.notFound("Deployment was not found."));
    }

    private JsonNode task(String name) {
        var created = Json.time(world.started().minus(AGE));
        var status = status(name);
        var part = status.equals("ROLLBACK_SUCCESS") ? "COMPLETED_WITH_FAILURE" : status;
        var task = Json.object();
        task.put("id", id(name)).put("name", name);
        task.put("status", status).put("creationTimestamp", created);
        task.putArray("sddcSubTasks")
                .addObject()
                .put("sddcId", name)
                .put("name", "Deploy and configure vCenter")
                .put("description", "Deploy and configure vCenter")
                .put("processingStateName", "DeployVcenter")
                .put("processingStateDescription", "Deploy and configure vCenter")
                .put("status", part)
                .put("creationTimestamp", created)
                .put("updateTimestamp", created)
                .putArray("errors");
        var milestone =
                task.putArray("milestones")
                        .addObject()
                        .put("name", "Deployment")
                        .put("description", "Deployment of the management domain")
                        .put("status", part)
                        .put("creationTimestamp", created)
                        .put("updateTimestamp", created);
        if (world.version().isAtLeast(Version.V9_1_0)) {
            task.put("deploymentType", "VCF").put("vcfInstanceName", "San Francisco VCF01");
            milestone.put("completedTasks", 1).put("totalTasks", 1);
        }
        return task;
    }

    private String status(String name) {
        var newest =
                name.equals(names().getLast())
                        ? world.switches().setting(Switch.FAILED_DEPLOYMENT)
                        : "no";
        return switch (newest) {
            case "yes" -> "COMPLETED_WITH_FAILURE";
            case "in-progress" -> "IN_PROGRESS";
            case "rolled-back" -> "ROLLBACK_SUCCESS";
            default -> "COMPLETED_WITH_SUCCESS";
        };
    }

    private Reply spec(Route.Call call) {
        var spec = new BringUpSpec(world, require(call)).compose();
        var strange =
                world.faults()
                        .striking(
                                call.request(),
                                fault -> fault.kind() == FaultKind.UNKNOWN_PASSWORD_FIELD);
        if (!strange.isEmpty()) {
            spec.putObject("quantumSpec")
                    .put("hostname", "flt-quantum01.rainpole.io")
                    .put("entanglementPassword", "Quantum!Leap#2026");
        }
        hide(spec, world.switches().setting(Switch.SPEC_PASSWORDS));
        return Reply.json(200, spec);
    }

    /// Masks or blanks every password below `node`.
    private static void hide(JsonNode node, String setting) {
        if (setting.equals("plaintext")) {
            return;
        }
        if (node instanceof ObjectNode object) {
            for (var name : List.copyOf(object.propertyNames())) {
                if (name.toLowerCase(Locale.ROOT).contains("password")) {
                    object.put(name, setting.equals("masked") ? "***" : "");
                } else {
                    hide(object.path(name), setting);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(element -> hide(element, setting));
        }
    }
}
