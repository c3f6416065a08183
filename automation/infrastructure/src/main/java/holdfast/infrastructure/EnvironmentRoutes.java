package holdfast.infrastructure;

import static holdfast.access.Action.MANAGE_ENVIRONMENT;
import static holdfast.access.Action.READ_ENVIRONMENT;
import static holdfast.access.Action.SYNC_ENVIRONMENT;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.configuration.EnvironmentDraft;
import holdfast.estate.Environment;
import holdfast.estate.Run;
import holdfast.estate.SourceStatus;
import holdfast.http.Etags;
import holdfast.http.Queries;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import holdfast.vcf.Failure;
import holdfast.vcf.SourceKind;
import holdfast.vcf.Status;
import holdfast.vcf.TestResult;
import holdfast.vcf.Trust;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// HTTP to [Environments]: translates, decides nothing.
final class EnvironmentRoutes {
    private static final String ALL = "/api/environments";
    private static final String ONE = "/api/environments/{id}";
    private static final int MAX_FILE = 4 * 1024 * 1024; // bytes

    private final Environments environments;
    private final Overview overview;
    private final Policy policy;

    EnvironmentRoutes(Environments environments, Overview overview, Policy policy) {
        this.environments = environments;
        this.overview = overview;
        this.policy = policy;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/overview", READ_ENVIRONMENT, 0, Rate.API, this::overview),
                new Route("GET", ALL, READ_ENVIRONMENT, 0, Rate.API, this::list),
                new Route("POST", ALL, MANAGE_ENVIRONMENT, Route.JSON, Rate.API, this::create),
                new Route(
                        "POST",
                        ALL + "/test",
                        MANAGE_ENVIRONMENT,
                        Route.JSON,
                        Rate.HEAVY,
                        this::probe),
                new Route("GET", ONE, READ_ENVIRONMENT, 0, Rate.API, this::read),
                new Route("PUT", ONE, MANAGE_ENVIRONMENT, Route.JSON, Rate.API, this::update),
                new Route("DELETE", ONE, MANAGE_ENVIRONMENT, 0, Rate.API, this::delete),
                new Route("POST", ONE + "/test", SYNC_ENVIRONMENT, 0, Rate.HEAVY, this::test),
                new Route("POST", ONE + "/sync", SYNC_ENVIRONMENT, 0, Rate.HEAVY, this::sync),
                new Route("GET", ONE + "/runs", READ_ENVIRONMENT, 0, Rate.API, this::runs),
                new Route("GET", ONE + "/runs/{run}", READ_ENVIRONMENT, 0, Rate.API, this::run),
                new RunStream(environments, policy).route(),
                new Route(
                        "POST",
                        ONE + "/runs/{run}/confirm",
                        SYNC_ENVIRONMENT,
                        0,
                        Rate.API,
                        request -> decide(request, true)),
                new Route(
                        "POST",
                        ONE + "/runs/{run}/discard",
                        SYNC_ENVIRONMENT,
                        0,
                        Rate.API,
                        request -> decide(request, false)),
                new Route(
                        "POST",
                        ONE + "/import/bring-up",
                        MANAGE_ENVIRONMENT,
                        MAX_FILE,
                        Rate.HEAVY,
                        this::importBringUp));
    }

    private Response overview(Request request) {
        return Response.json(overview.of(policy.scope(request.caller(), READ_ENVIRONMENT)));
    }

    private Response list(Request request) {
        var scope = policy.scope(request.caller(), READ_ENVIRONMENT);
        var query =
                new Environments.Query(
                        Queries.text(request),
                        Queries.choice(request, "status", SourceStatus.class),
                        Queries.oneOf(
                                request,
                                "sort",
                                Set.of(
                                        "name",
                                        "-name",
                                        "created",
                                        "-created",
                                        "lastSync",
                                        "-lastSync"),
                                "name"),
                        request.query("cursor"),
                        Queries.limit(request));
        return Response.json(environments.list(scope, query));
    }

    private Response create(Request request) {
        var permit = policy.permit(request.caller(), MANAGE_ENVIRONMENT, Environments.ANY);
        try (var draft = request.json(EnvironmentDraft.class)) {
            var made = environments.create(permit, draft);
            return tagged(Response.json(201, made), made).with("Location", ALL + "/" + made.id());
        }
    }

    private Response read(Request request) {
        var id = request.id("id");
        var found = environments.read(permit(request, READ_ENVIRONMENT, id), id);
        return tagged(Response.json(found), found);
    }

    private Response update(Request request) {
        var id = request.id("id");
        var permit = permit(request, MANAGE_ENVIRONMENT, id);
        try (var draft = request.json(EnvironmentDraft.class)) {
            var changed = environments.update(permit, id, draft, Etags.expected(request));
            return tagged(Response.json(changed), changed);
        }
    }

    private Response delete(Request request) {
        var id = request.id("id");
        environments.delete(
                permit(request, MANAGE_ENVIRONMENT, id), id, request.query("name").orElse(""));
        return Response.empty(204);
    }

    /// What the form says before it is saved.
    record Unsaved(
            SourceKind kind,
            String host,
            Optional<Integer> port,
            Optional<Trust> trust,
            Optional<String> username,
            Optional<SecretBytes> password) {}

    private Response probe(Request request) {
        var permit = policy.permit(request.caller(), MANAGE_ENVIRONMENT, Environments.ANY);
        var body = request.json(Unsaved.class);
        try {
            body.trust().ifPresent(EnvironmentDraft::requireReadable);
            var login =
                    new EnvironmentDraft.Source(
                            body.host(),
                            body.port(),
                            body.username().orElse(""),
                            body.password(),
                            body.trust(),
                            Optional.empty());
            return Response.json(
                    environments.test(permit, new Environments.Probe(body.kind(), login)));
        } finally {
            body.password().ifPresent(SecretBytes::close);
        }
    }

    private Response test(Request request) {
        var id = request.id("id");
        var results = new LinkedHashMap<String, TestResult>();
        environments
                .test(permit(request, SYNC_ENVIRONMENT, id), id)
                .forEach((kind, result) -> results.put(kind.member(), result));
        return Response.json(results);
    }

    private Response sync(Request request) {
        var id = request.id("id");
        var permit = permit(request, SYNC_ENVIRONMENT, id);
        int wait = Queries.number(request, "wait", 0, 60, 0);
        var run =
                environments.sync(permit, id, Queries.choice(request, "source", SourceKind.class));
        var now =
                wait == 0
                        ? run
                        : environments.await(permit, id, run.id(), Duration.ofSeconds(wait));
        if (now.status() == Run.Status.RUNNING) {
            return Response.json(202, now).with("Location", ALL + "/" + id + "/runs/" + now.id());
        }
        if (now.status() == Run.Status.FAILED) {
            throw upstream(now);
        }
        return Response.json(now);
    }

    private static RuntimeException upstream(Run run) {
        var failure =
                run.sources().stream().flatMap(source -> source.failure().stream()).findFirst();
        var refusal =
                Problem.UPSTREAM_FAILED
                        .because(failure.map(Failure::sentence).orElse(Status.FAILED.sentence()))
                        .with("run", run.id())
                        .with("status", failure.map(Failure::status).orElse(Status.FAILED));
        return failure.flatMap(Failure::referenceToken)
                .map(token -> refusal.with("referenceToken", token))
                .orElse(refusal);
    }

    private Response runs(Request request) {
        var id = request.id("id");
        return Response.json(
                environments.runs(
                        permit(request, READ_ENVIRONMENT, id),
                        id,
                        Queries.choice(request, "status", Run.Status.class),
                        request.query("cursor"),
                        Queries.limit(request)));
    }

    private Response run(Request request) {
        var id = request.id("id");
        return Response.json(
                environments.run(permit(request, READ_ENVIRONMENT, id), id, request.id("run")));
    }

    private Response decide(Request request, boolean apply) {
        var id = request.id("id");
        return Response.json(
                environments.decide(
                        permit(request, SYNC_ENVIRONMENT, id), id, request.id("run"), apply));
    }

    private Response importBringUp(Request request) {
        var id = request.id("id");
        var permit = permit(request, MANAGE_ENVIRONMENT, id);
        try (var file = request.secret()) {
            return Response.json(
                    201, file.use(bytes -> environments.importBringUp(permit, id, bytes)));
        }
    }

    private Permit permit(Request request, Action action, UUID id) {
        return policy.permit(request.caller(), action, Environments.resource(id));
    }

    private static Response tagged(Response response, Environment environment) {
        return response.with("ETag", Etags.of(environment.version()));
    }
}
