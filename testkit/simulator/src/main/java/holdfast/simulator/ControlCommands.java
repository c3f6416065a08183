package holdfast.simulator;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The calls of the control port. Bodies are JSON; what succeeds without an answer is 204.
///
/// | call | body or answer |
/// |---|---|
/// | `GET /status` | url, fingerprint, role, version, user, password, counts |
/// | `GET /requests?since=N`, `DELETE /requests` | the log, only numbers above N |
/// | `GET /connections` | connections with protocol, requests and bytes |
/// | `GET /faults`, `DELETE /faults` | texts of [Fault#of(String)] |
/// | `POST /faults` | `{"fault": "slow=500@/v1/tokens"}` |
/// | `GET /switches`, `POST /switches` | `{"task-polls": "5", "spec-passwords": "masked"}` |
/// | `POST /certificate` | `{"shape": "EXPIRED"}`, optional; answers the fingerprint |
/// | `POST /role` | `{"role": "sddc-manager"}` |
/// | `GET /estate` | rows with what SDDC Manager has stored and what the component accepts |
/// | `POST /estate/rotate` | `{"id"}`: both get a new value |
/// | `POST /estate/password` | `{"id", "password"}`: both get this value |
/// | `POST /estate/component-password` | `{"id", "password"}`: only the component |
/// | `POST /estate/expiry` | `{"id", "expires": "2026-12-01T00:00:00Z"}` |
/// | `POST /estate/remove` | `{"id"}` or `{"resourceName"}` |
/// | `POST /estate/truncate` | `{"count": 10}` |
/// | `POST /estate/domain` | `{"name", "status"}`; without status the domain goes |
final class ControlCommands {
    private final Simulator simulator;

    ControlCommands(Simulator simulator) {
        this.simulator = simulator;
    }

    /// @throws Refused for a call that is not in the table
    Reply answer(Request request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /status" -> Reply.json(200, status());
            case "GET /requests" -> Reply.json(200, requests(request));
            case "DELETE /requests" -> done(() -> simulator.requests().clear());
            case "GET /connections" -> Reply.json(200, connections());
            case "GET /faults" -> Reply.json(200, faults());
            case "POST /faults" -> {
                var fault = Fault.of(text(request, "fault"));
                yield done(() -> simulator.faults().add(fault));
            }
            case "DELETE /faults" -> done(() -> simulator.faults().clear());
            case "GET /switches" -> Reply.json(200, switches());
            case "POST /switches" -> done(() -> set(request));
            case "POST /certificate" -> Reply.json(200, certificate(request));
            case "POST /role" -> done(() -> simulator.become(Role.of(text(request, "role"))));
            case "GET /estate" -> Reply.json(200, estate());
            default -> change(request);
        };
    }

    private Reply change(Request request) {
        var estate = simulator.estate();
        return switch (request.method() + " " + request.path()) {
            case "POST /estate/rotate" -> done(() -> estate.rotate(text(request, "id")));
            case "POST /estate/password" ->
                    done(() -> estate.setPassword(text(request, "id"), text(request, "password")));
            case "POST /estate/component-password" ->
                    done(() ->
                            estate.setComponentPassword(
                                    text(request, "id"), text(request, "password")));
            case "POST /estate/expiry" ->
                    done(() ->
                            estate.setExpiry(
                                    text(request, "id"), Instant.parse(text(request, "expires"))));
            case "POST /estate/remove" -> done(() -> remove(request));
            case "POST /estate/truncate" ->
                    done(() -> estate.truncate(object(request).path("count").asInt()));
            case "POST /estate/domain" -> done(() -> domain(request));
            default -> throw Refused.notFound("There is no such command.");
        };
    }

    private static Reply done(Runnable work) {
        work.run();
        return Reply.empty(204);
    }

    private JsonNode status() {
        var status = Json.object();
        status.put("url", simulator.url()).put("fingerprint", simulator.fingerprint());
        status.put("trustPem", simulator.trustPem());
        status.put("role", simulator.role().text()).put("version", simulator.version().text());
        status.put("user", simulator.user()).put("password", simulator.password());
        status.put("apiKey", simulator.apiKey());
        status.put("credentials", simulator.estate().credentials().size());
        status.put("requests", simulator.requests().all().size());
        return status;
    }

    private JsonNode requests(Request asked) {
        var since = Long.parseLong(asked.parameters().getOrDefault("since", "0"));
        var array = Json.array();
        for (var request : simulator.requests().matching(one -> one.number() > since)) {
            var entry = array.addObject();
            entry.put("number", request.number()).put("connection", request.connection());
            entry.put("at", Json.time(request.at()));
            entry.put("method", request.method()).put("path", request.path());
            entry.put("query", request.query());
            var headers = entry.putObject("headers");
            request.headers().forEach(headers::put);
            entry.put("bodySha256", request.bodySha256()).put("bodyLength", request.bodyLength());
        }
        return array;
    }

    private JsonNode connections() {
        var array = Json.array();
        for (var connection : simulator.requests().connections()) {
            array.addObject()
                    .put("number", connection.number())
                    .put("protocol", connection.protocol())
                    .put("requests", connection.requests())
                    .put("bytes", connection.bytes())
                    .put("ended", connection.ended());
        }
        return array;
    }

    private ArrayNode faults() {
        return Json.strings(simulator.faults().list().stream().map(Fault::toString).toList());
    }

    private JsonNode switches() {
        var object = Json.object();
        simulator.switches().all().forEach((which, setting) -> object.put(which.text(), setting));
        return object;
    }

    private void set(Request request) {
        var object = object(request);
        for (var name : List.copyOf(object.propertyNames())) {
            simulator.switches().set(Switch.of(name), object.path(name).asString());
        }
    }

    private JsonNode certificate(Request request) {
        var shape =
                request.body().isBlank()
                        ? CertificateShape.USUAL
                        : CertificateShape.valueOf(text(request, "shape"));
        return Json.object()
                .put(
                        "fingerprint",
                        simulator.changeCertificate(shape, List.of("localhost", "127.0.0.1")));
    }

    private JsonNode estate() {
        var array = Json.array();
        for (var row : simulator.estate().credentials()) {
            array.addObject()
                    .put("id", row.id())
                    .put("resourceType", row.component().type())
                    .put("resourceName", row.component().name())
                    .put("credentialType", row.account().credentialType())
                    .put("username", row.account().username())
                    .put("password", row.password())
                    .put("componentPassword", simulator.estate().componentPassword(row.id()));
        }
        return array;
    }

    private void remove(Request request) {
        var object = object(request);
        if (object.has("resourceName")) {
            simulator.estate().removeComponent(Json.required(object, "resourceName"));
        } else {
            simulator.estate().remove(Json.required(object, "id"));
        }
    }

    private void domain(Request request) {
        var object = object(request);
        var name = Json.required(object, "name");
        Json.optional(object, "status")
                .ifPresentOrElse(
                        status -> simulator.estate().setDomainStatus(name, status),
                        () -> simulator.estate().removeDomain(name));
    }

    private static String text(Request request, String member) {
        return Json.required(object(request), member);
    }

    private static ObjectNode object(Request request) {
        if (Json.read(request.body()) instanceof ObjectNode object) {
            return object;
        }
        throw Refused.badRequest("The body must be a JSON object.");
    }
}
